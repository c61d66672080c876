import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { insuredShare, paymentStatusOf, totalsOf } from './money.ts'

const amount = fc.integer({ min: 0, max: 1_000_000_000_000 })
const line = amount.chain((price) => fc.record({ price: fc.constant(price), discount: fc.integer({ min: 0, max: price }) }))
const lines = fc.array(line, { maxLength: 200 })

it('adds up exactly: what is charged and what is given away is what the lines cost', () => {
  fc.assert(fc.property(lines, fc.double({ min: 0, max: 1, noNaN: true }), (items, part) => {
    const full = totalsOf(items, 0)
    const discount = Math.floor(full.subtotal * part)
    const totals = totalsOf(items, discount)
    const given = items.reduce((sum, item) => sum + item.discount, 0) + discount
    expect(totals.total + given).toBe(items.reduce((sum, { price }) => sum + price, 0))
    expect(totals.total).toBeGreaterThanOrEqual(0)
    expect(Object.values(totals).every(Number.isSafeInteger)).toBe(true)
  }))
})

it('does not depend on the order of the lines, nor on how they are split over bills', () => {
  fc.assert(fc.property(lines, lines, (some, others) => {
    const both = totalsOf([...some, ...others], 0).total
    expect(totalsOf([...others, ...some], 0).total).toBe(both)
    expect(totalsOf(some, 0).total + totalsOf(others, 0).total).toBe(both)
  }))
})

it('says how far a bill is settled', () => {
  fc.assert(fc.property(amount, amount, (total, paid) => {
    const status = paymentStatusOf(total, paid)
    expect(status === 'overpaid').toBe(paid > total)
    expect(status === 'paid').toBe(paid === total)
    expect(status === 'unpaid').toBe(paid === 0 && total > 0)
  }))
})

describe('the insured share', () => {
  it('and the co-payment are the bill, to the minor unit, for any amount that a bill can have', () => {
    const total = fc.integer({ min: 0, max: 1_000_000_000_000 })
    const percent = fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100)
    fc.assert(fc.property(total, percent, percent, (sum, a, b) => {
      const [less, more] = [insuredShare(sum, Math.min(a, b)), insuredShare(sum, Math.max(a, b))]
      expect(Number.isSafeInteger(less) && less >= 0 && less <= more && more <= sum).toBe(true)
      expect(sum - insuredShare(sum, a)).toBeGreaterThanOrEqual(0)
    }))
    expect([insuredShare(10_000, 80), insuredShare(999, 33.33), insuredShare(1, 99.99), insuredShare(10_000, 100)]).toEqual([8000, 332, 0, 10_000])
  })
})
