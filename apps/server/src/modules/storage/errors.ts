import { defineErrors } from '#platform/errors'

export const storageErrors = defineErrors('storage', {
  type_not_allowed: { status: 422, says: 'This type of file is not accepted here.' },
  not_uploaded: { status: 409, says: 'The file has not been uploaded yet.' },
  still_checking: { status: 409, says: 'The file is still being checked. Try again in a moment.' },
  content_mismatch: { status: 422, says: 'The file cannot be used: {because}.' },
  upload_expired: { status: 409, says: 'The time for this upload is over. Start it again.' },
  path_not_allowed: { status: 422, says: 'This path cannot be used: {because}.' },
  path_taken: { status: 409, says: 'Another file has this path already. Choose another, or leave it out.' },
  not_removable: { status: 409, says: 'The file is being checked for a record that uses it. Wait for its check to end.' },
})
