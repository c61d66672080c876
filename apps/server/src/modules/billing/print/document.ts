import type { Letterhead } from '#platform/typeset'

// What an invoice or receipt is made of: plain values. Amounts are integers in minor units of the currency; nothing is computed
// here, so that the paper says what the books say.

export interface InvoiceDocument {
  lab: Letterhead
  /** the lab's tax registration, printed under its head: 'GSTIN 29ABCDE1234F1Z5' */
  taxRegistration?: string
  /** A4 when missing */
  paper?: 'a4' | 'letter' | 'thermal'
  /** BCP 47; 'en-IN' when missing */
  locale?: string
  timeZone: string
  /** ISO 4217 */
  currency: string
  /** printed, and written into the file as its date of creation: the same input gives the same bytes */
  printedAt: Date
  billNumber: string
  /** null until the bill has one: printed as provisional */
  invoiceNumber: string | null
  billedAt: Date
  cancelled?: { at: Date; reason: string }
  patient: { number: string; name: string; age: string; sex: string }
  referredBy?: string
  /** who is billed instead of the patient */
  organisation?: string
  accessionNumber?: string
  items: InvoiceItem[]
  /** the sum of the items after their discounts */
  subtotal: number
  /** given on the whole */
  discount: { amount: number; reason?: string }
  taxes?: { name: string; amount: number }[]
  total: number
  payments: InvoicePayment[]
  paid: number
  /** the part that an insurer is expected to pay; 0 when missing */
  insured?: number
  /** without the insurer's part; negative: paid too much */
  due: number
  icd: { code: string; description: string }[]
  notes?: string[]
}

export interface InvoiceItem {
  code?: string
  name: string
  quantity?: number
  /** of all of the quantity, before the discount */
  price: number
  discount: number
  total: number
}

interface InvoicePayment {
  kind: 'payment' | 'refund'
  at: Date
  method: string
  reference?: string
  amount: number
}
