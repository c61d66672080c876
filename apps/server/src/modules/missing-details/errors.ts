import { defineErrors } from '#platform/errors'

export const missingDetailErrors = defineErrors('missing_details', {
  value_changed: { status: 409, says: 'The field no longer holds its placeholder: there is nothing to reopen.' },
  secret_needed: { status: 422, says: 'The other system needs a secret, by which it knows that a request is yours.' },
  not_failed: { status: 409, says: 'Only a request that failed can be sent again.' },
})
