import { defineErrors } from '#platform/errors'

export const imagingErrors = defineErrors('imaging', {
  not_a_clinic: { status: 403, says: 'This needs the key of a dental clinic that may send images, and no other clinic\'s id.' },
  unknown_patient: { status: 422, says: 'Some of these GUIDs are of no patient of the lab. Resolve the cards again.' },
  csv_unreadable: { status: 422, says: 'The CSV cannot be read: {because}.' },
  not_possible: { status: 409, says: 'That is not possible: {because}.' },
  not_ready: { status: 409, says: 'This image is not ready to be shared.' },
})
