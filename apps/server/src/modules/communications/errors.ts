import { defineErrors } from '#platform/errors'

export const messageErrors = defineErrors('communications', {
  template_wrong: { status: 400, says: 'The template has placeholders that its kind does not know.' },
  nothing_to_send: { status: 400, says: 'Nothing can be sent: {because}.' },
  not_resendable: { status: 409, says: 'None of these messages can be sent again: they wait, or went out already.' },
  link_invalid: { status: 404, says: 'This link is not one that a laboratory gave out. Check that it is complete.' },
  link_expired: { status: 410, says: 'This link has expired. Ask the laboratory for a new one.' },
  link_locked: { status: 423, says: 'Too many wrong dates. Wait a quarter of an hour and try again.' },
  birth_date_wrong: { status: 403, says: 'That is not the birth date that the laboratory has.' },
  being_revised: { status: 409, says: 'The laboratory is revising this report. It can be opened again as soon as it is signed.' },
  callback_refused: { status: 403, says: 'This report of a provider is not signed as it should be.' },
})
