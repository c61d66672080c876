import { BillStatus, ClaimStatus, PaymentStatus } from '@aliquot/contracts'
import { day, filterSet, flag, id, manyOf, oneOf, text } from '../../platform/url-state.ts'

/** Named as the list's query names them. */
export const billFilters = filterSet({
  q: text, from: day, to: day, organisationId: id, patientId: id, status: oneOf(BillStatus.enum), paymentStatus: manyOf(PaymentStatus.enum),
  dueOnly: flag,
})

export const claimFilters = filterSet({ q: text, from: day, to: day, status: manyOf(ClaimStatus.enum), insuranceGroupId: id, patientId: id })

export const newBillSearch = filterSet({ patientId: id })
/** `placed`: comes straight from placing it. */
export const billSearch = filterSet({ placed: flag })

export const printables = ['invoice', 'receipt', 'labels'] as const
export type Printable = (typeof printables)[number]
export const printSearch = filterSet({ what: oneOf(printables) })
