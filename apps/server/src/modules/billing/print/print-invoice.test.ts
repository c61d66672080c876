import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPdf } from '../../../platform/typeset/testing/read-pdf.ts'
import type { ReadPage } from '../../../platform/typeset/testing/read-pdf.ts'
import type { InvoiceDocument } from './document.ts'
import { printInvoice } from './print-invoice.ts'
import { invoice } from './testing/samples.ts'

const printed = async (more: Partial<InvoiceDocument> = {}): Promise<ReadPage[]> => readPdf(await printInvoice(invoice(more)))

const itemsOf = (count: number): InvoiceDocument['items'] =>
  Array.from({ length: count }, (_, index) => ({ name: `Test ${index + 1}`, price: 100, discount: 0, total: 100 }))

describe('an invoice on A4', () => {
  it('says who bills whom for what', async () => {
    const [page] = await printed()
    for (const line of [
      'Aliquot Demonstration Laboratory', 'Invoice INV/26-27/000456 GSTIN 29ABCDE1234F1Z5', 'Patient Mrs Asha Venkataraman Bill no. B-2611-000123',
      '34 years · Female · P-00012345 Date 20 Nov 2026, 08:01', 'Billed to St Mary’s Hospital, Outpatients Accession no. 2611200034',
      'Test Qty Price Discount Amount (INR)', '1 Complete blood count 1 350.00 – 350.00', '2 Lipid panel 1 800.00 -80.00 720.00',
      'ICD: E78.5 Hyperlipidaemia, unspecified · D64.9 Anaemia, unspecified',
    ]) expect(page?.lines).toContain(line)
  })

  it('adds up to what is due, payment by payment', async () => {
    const [page] = await printed({ taxes: [{ name: 'GST 18 %', amount: 900 }] })
    expect(page?.lines.slice(page.lines.indexOf('Subtotal ₹1,25,070.00'))).toEqual(expect.arrayContaining([
      'Discount (Senior citizen) -₹70.00', 'GST 18 % ₹9.00', 'Total ₹1,25,000.00', 'Payment · 20 Nov 2026, 08:02 · UPI · 4417XXXX9012 -₹1,20,000.00',
      'Refund · 20 Nov 2026, 09:03 · Cash ₹500.00', 'Paid ₹1,20,500.00', 'Balance due ₹4,500.00',
    ]))
    expect((await printed({ due: -100 }))[0]?.lines).toContain('Overpaid ₹1.00')
    expect((await printed({ insured: 400_000, due: 50_000 }))[0]?.lines).toEqual(expect.arrayContaining([
      'Insurer’s part -₹4,000.00', 'Due from the patient ₹500.00',
    ]))
  })

  it('is provisional without a number, and cancelled when it is', async () => {
    const [page] = await printed({ invoiceNumber: null, cancelled: { at: new Date('2026-11-21T05:00:00Z'), reason: 'Ordered twice' } })
    expect(page?.text).toContain('Provisional invoice')
    expect(page?.text).toContain('CANCELLED\nCancelled 21 Nov 2026, 10:30. Reason: Ordered twice')
    expect(page?.text).toContain('PROVISIONAL – NUMBER PENDING')
    expect(page?.text).toContain('Bill B-2611-000123 · P-00012345 · Mrs Asha Venkataraman')
  })

  it('runs over pages with its heading and keeps the last item with the sums', async () => {
    for (let count = 34; count < 48; count++) {
      const pages = await printed({ items: itemsOf(count) })
      expect(pages.flatMap(({ text }) => text.match(/Test \d+(?= 1 )/g) ?? [])).toHaveLength(count)
      expect(pages.at(-1)?.text).toMatch(/Test Qty Price Discount Amount \(INR\)\n(?:.*\n)*.*Test \d+ 1 .*\nSubtotal/)
      for (const [index, page] of pages.entries()) expect(page.text).toContain(`Page ${index + 1} of ${pages.length}`)
    }
  })

  it('gives the same bytes for the same invoice', async () => {
    const hashes = await Promise.all([0, 1].map(async () => createHash('sha256').update(await printInvoice(invoice())).digest('hex')))
    expect(hashes[0]).toBe(hashes[1])
  })

  it('fails on no text', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 })
    await fc.assert(fc.asyncProperty(text, text, fc.constantFrom('a4' as const, 'thermal' as const), async (one, two, paper) => {
      const input = invoice({
        paper, patient: { number: one, name: two, age: one, sex: two }, organisation: one, notes: [two], icd: [{ code: one, description: two }],
        items: [{ code: one, name: two, price: 1, discount: 1, total: 0 }],
      })
      await expect(printInvoice(input)).resolves.toBeInstanceOf(Uint8Array)
    }), { numRuns: 15 })
  })
})

describe('a receipt', () => {
  it('is one strip of 80 mm, as long as it needs to be', async () => {
    const short = await printed({ paper: 'thermal' })
    const long = await printed({ paper: 'thermal', items: itemsOf(60) })
    expect([short.length, long.length]).toEqual([1, 1])
    expect(Math.round(((short[0]?.width ?? 0) / 72) * 25.4)).toBe(80)
    expect(long[0]?.text).toContain('Test 60')
    for (const { pieces, width, height } of [...short, ...long]) {
      for (const piece of pieces) {
        expect(piece.x + piece.width).toBeLessThan(width - 10)
        expect(piece.y).toBeLessThan(height - 8)
      }
    }
  })

  it('says the same as the invoice', async () => {
    const [page] = await printed({ paper: 'thermal' })
    for (const line of [
      'Invoice INV/26-27/000456', 'Mrs Asha Venkataraman', 'Complete blood count 350.00', '800.00 less 80.00', '× 2',
      'Total ₹1,25,000.00', 'Balance due ₹4,500.00',
    ]) expect(page?.lines).toContain(line)
  })
})
