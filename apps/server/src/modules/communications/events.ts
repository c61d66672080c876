import { scopeOfEvent, type MessageEvent } from '@aliquot/contracts'
import type { BillFacts } from '#modules/billing'
import type { ReportFacts } from '#modules/reports'

interface EventSpec {
  /** The recorded action that it follows from. */
  action: string
  /** Where one action is two events. */
  is?: (facts: { report?: ReportFacts | undefined; bill?: BillFacts | undefined }) => boolean
}

export const due = ({ status, total, paid }: BillFacts): number => (status === 'cancelled' ? 0 : total - paid)

/** Which recorded action each event is. */
export const eventSpecs: Record<MessageEvent, EventSpec> = {
  patient_registered: { action: 'patients.registered' },
  specimen_collected: { action: 'reports.specimen_collected' },
  specimen_rejected: { action: 'reports.specimen_rejected' },
  critical_found: { action: 'reports.critical_found' },
  report_signed: { action: 'reports.signed', is: ({ report }) => report?.amendment === 0 },
  report_amended: { action: 'reports.signed', is: ({ report }) => (report?.amendment ?? 0) > 0 },
  report_withdrawn: { action: 'reports.unsigned' },
  bill_created: { action: 'billing.billed' },
  bill_due: { action: 'billing.billed', is: ({ bill }) => bill !== undefined && due(bill) > 0 },
  bill_paid: { action: 'billing.paid' },
  bill_cancelled: { action: 'billing.cancelled' },
}

export const eventsOf = (action: string): MessageEvent[] =>
  (Object.keys(eventSpecs) as MessageEvent[]).filter((event) => eventSpecs[event].action === action)

/** Results go out only while their report is signed; that a value is critical cannot wait for it. */
export const needsSigned = (event: MessageEvent | null): boolean => event === 'report_signed' || event === 'report_amended' || event === null

/** Which record the event's action is about. */
export const subjectOf = (event: MessageEvent): 'patient' | 'specimen' | 'report' | 'bill' => {
  const scope = scopeOfEvent[event]
  return scope === 'order' ? 'specimen' : scope
}
