import { labProfile } from '#modules/labs'
import { letterheadOf, sexWords } from '#modules/reports'
import { viewed } from '#platform/activity'
import type { Actor } from '#platform/auth'
import { FileAnswer } from '#platform/http'
import { now, read } from '#platform/unit-of-work'
import { getBill } from './get-bill.ts'
import { issueInvoiceNumbers } from './issue-invoice-numbers.ts'
import { printInvoice } from './print/print-invoice.ts'

/** The invoice or receipt. A bill that waits for its invoice number gets it now. */
export async function invoicePdf(actor: Actor, billId: number, paper: 'a4' | 'thermal'): Promise<FileAnswer> {
  const lab = await labProfile(actor.labId)
  const bill = await read(actor, (db) => getBill(db, actor.labId, billId))
  await viewed(actor, 'billing.bill_viewed', { ...bill, patientId: bill.patient.id })
  const invoiceNumber = bill.invoiceNumber ?? await numberNow(actor, billId)
  const bytes = await printInvoice({
    lab: letterheadOf(lab), paper, locale: lab.locale, timeZone: lab.timezone, currency: bill.currency, printedAt: now(), billNumber: bill.number,
      invoiceNumber,
    billedAt: new Date(bill.orderedAt),
    ...(bill.cancelledAt ? { cancelled: { at: new Date(bill.cancelledAt), reason: bill.cancelReason ?? '' } } : {}),
    patient: { number: bill.patient.number, name: bill.patient.fullName, age: bill.patient.ageText,
      sex: sexWords[bill.patient.sex] ?? bill.patient.sex },
    ...(bill.doctor ? { referredBy: bill.doctor.name } : {}),
    ...(bill.organisation ? { organisation: bill.organisation.name } : {}),
    accessionNumber: bill.accession.number,
    items: bill.items.filter(({ removed }) => !removed).map(({ code, name, price, discount, total }) => ({ code, name, price, discount, total })),
    subtotal: bill.subtotal,
    discount: { amount: bill.discount, ...(bill.discountReason ? { reason: bill.discountReason } : {}) },
    total: bill.total,
    payments: bill.payments.map(({ kind, at, method, reference, amount }) =>
      ({ kind, at: new Date(at), method, amount, ...(reference ? { reference } : {}) })),
    paid: bill.paid, insured: bill.insured, due: bill.patientDue, icd: bill.icd, ...(bill.notes ? { notes: [bill.notes] } : {}),
  })
  return new FileAnswer(Buffer.from(bytes), 'application/pdf', `invoice-${bill.number}.pdf`)
}

async function numberNow(actor: Actor, billId: number): Promise<string | null> {
  const given = (await issueInvoiceNumbers(actor)).get(billId)
  // The job was there first.
  return given ?? (await read(actor, (db) => getBill(db, actor.labId, billId))).invoiceNumber
}
