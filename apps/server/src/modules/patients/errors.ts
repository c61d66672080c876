import { defineErrors } from '#platform/errors'

export const patientErrors = defineErrors('patients', {
  possible_duplicate: { status: 409, says: 'A similar patient is already registered.' },
  national_id_taken: { status: 409, says: 'Another patient has this national id.' },
  merged: { status: 409, says: 'This record was merged into another one of the same patient. Open it again to go on with that one.' },
  identity_locked: { status: 403, says: 'A report of this patient is signed: who the patient is may be changed only with permission.' },
})
