import type { DeliveryReason } from '@aliquot/contracts'

/** Reasons as the activity log and previews say them. */
export const reasonWords: Record<DeliveryReason, string> = {
  no_address: 'no address is known', no_consent: 'the patient was not asked', refused_consent: 'the patient does not want it', quiet_hours: 'quiet hours',
  too_many: 'enough messages in this hour', report_withdrawn: 'the report is not signed any more', nothing_due: 'nothing is due any more',
  retry: 'the provider asked to try again', refused: 'the provider refused it', no_answer: 'the provider did not answer', bounced: 'it could not be delivered',
}
