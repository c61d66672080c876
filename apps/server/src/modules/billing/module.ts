import type { Module } from '#platform/module'
import { issueInvoiceNumbers } from './issue-invoice-numbers.ts'
import { patientMerge } from './merge-patient.ts'
import { routes } from './routes.ts'

export const billing: Module = {
  name: 'billing',
  routes,
  actions: {
    'billing.billed': { category: 1500, subject: 'bill', says: 'Billed {items} on {number}' },
    'billing.bill_updated': { category: 1501, subject: 'bill', says: 'Changed bill {number}' },
    'billing.cancelled': { category: 1502, subject: 'bill', says: 'Cancelled bill {number}: {reason}' },
    'billing.paid': { category: 1503, subject: 'bill', says: 'Took a payment on bill {number} by {method}' },
    'billing.refunded': { category: 1504, subject: 'bill', says: 'Paid money back on bill {number} by {method}' },
    'billing.invoice_numbered': { category: 1505, subject: 'bill', says: 'Bill {number} became invoice {invoice}' },
    'billing.bill_viewed': { category: 1506, subject: 'bill', says: 'Looked at bill {number}' },
  },
  jobs: { 'billing.issue_invoice_numbers': async (_payload, { actor }) => void (await issueInvoiceNumbers(actor)) },
  merges: { patient: patientMerge },
  search: { bill: 'billing.search_bill' },
}
