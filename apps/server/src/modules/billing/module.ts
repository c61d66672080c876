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
    'billing.claim_created': { category: 1510, subject: 'claim', says: 'Charged {group}: claim {number}' },
    'billing.claim_updated': { category: 1511, subject: 'claim', says: 'Changed the amount of claim {number}' },
    'billing.claim_submitted': { category: 1512, subject: 'claim', says: 'Submitted claim {number}' },
    'billing.claim_accepted': { category: 1513, subject: 'claim', says: 'Claim {number} was accepted' },
    'billing.claim_rejected': { category: 1514, subject: 'claim', says: 'Claim {number} was rejected: {reason}' },
    'billing.claim_settled': { category: 1515, subject: 'claim', says: 'Claim {number} was paid' },
    'billing.claim_withdrawn': { category: 1516, subject: 'claim', says: 'Withdrew claim {number}: {reason}' },
    'billing.claim_viewed': { category: 1517, subject: 'claim', says: 'Wrote claim {number} into a file' },
  },
  jobs: { 'billing.issue_invoice_numbers': async (_payload, { actor }) => void (await issueInvoiceNumbers(actor)) },
  constraints: { claim_under_way: { code: 'billing.already_claimed', path: '/policyId' } },
  merges: { patient: patientMerge },
  search: { bill: 'billing.search_bill', claim: 'billing.search_claim' },
}
