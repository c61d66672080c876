import type { HoldReason } from '@aliquot/contracts'

/** Reasons to look twice at a result that could be released; every other reason holds a result until something is put right. */
export const doubts: ReadonlySet<HoldReason> = new Set(['flagged', 'implausible', 'value_exists', 'correction', 'qc_out_of_control'])

/** What a person can do about a result that is held. */
export type HoldStep = 'match' | 'map' | 'report' | 'receive' | 'profile' | 'control' | 'instrument'

/** The steps for each reason, the usual one first. Any of them may also be read again or dismissed. */
export const holdSteps: Record<HoldReason, readonly HoldStep[]> = {
  unknown_instrument: ['instrument'],
  unknown_sample: ['match'],
  no_sample_id: ['match'],
  unmapped_test: ['map'],
  unwanted_test: [],
  no_open_report: ['match'],
  several_reports: ['match'],
  not_received: ['receive'],
  unit_differs: ['map'],
  no_value: ['report'],
  not_a_number: ['profile', 'report'],
  not_a_choice: ['profile', 'report'],
  flagged: ['report'],
  implausible: ['report'],
  report_closed: ['report'],
  value_exists: ['report'],
  correction: ['report'],
  qc_out_of_control: ['control'],
  not_read: ['profile'],
  control_unknown: ['control'],
}
