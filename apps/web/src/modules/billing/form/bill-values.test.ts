import type { Orderable } from '@aliquot/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { billErrors, creation, lineOf, newBill, sumsOf, update, type BillValues } from './bill-values.ts'
import { alreadyOn, matchOrderables } from './match-orderables.ts'

const orderable = (id: number, code: string, name: string, part: Partial<Orderable> = {}): Orderable => ({
  kind: 'test', id, code, name, shortName: code, price: 30_000, currency: 'INR', specimens: [], testIds: [id], turnaroundMinutes: 60, ...part,
})
const cbc = orderable(1, 'CBC', 'Full blood count')
const lipid = orderable(2, 'LIPID', 'Lipid panel')
const fever = orderable(9, 'FEVER', 'Fever panel', { kind: 'panel', testIds: [1, 5] })
const bill = (part: Partial<BillValues> = {}): BillValues => ({
  ...newBill({ organisation: null, doctor: null }, true), items: [lineOf(cbc), lineOf(lipid)], ...part,
})
const key = (text: string) => text

describe('sumsOf', () => {
  it('is the sum of the lines less all discounts, less what is paid and what an insurer covers', () => {
    const amounts = fc.array(fc.tuple(fc.nat(1_000_000), fc.nat(1000)), { minLength: 1 })
    const policies = fc.option(fc.nat(10_000).map((hundredths) => ({ id: 1, coveragePercent: hundredths / 100 })))
    fc.assert(fc.property(amounts, fc.nat(1000), fc.nat(1_000_000), policies, (lines, discount, amount, policy) => {
      const items = lines.map(([listPrice, less]) => ({ ...lineOf(cbc), listPrice, discount: less }))
      const sums = sumsOf({ items, discount, payments: [{ key: 'a', method: 'cash', amount, reference: '' }], policy })
      expect(sums.total).toBe(sums.gross - sums.itemDiscounts - discount)
      expect(sums.due + sums.paid + sums.insured).toBe(sums.total)
      expect(sums.insured).toBeLessThanOrEqual(Math.max(sums.total, 0))
    }))
  })
})

describe('creation', () => {
  it('leaves out payments of nothing and prices of the list', () => {
    const nothing = { key: 'a', method: 'cash' as const, amount: null, reference: '' }
    const body = creation(bill({ payments: [nothing, { key: 'b', method: 'upi', amount: 100, reference: ' 77 ' }] }), 4)
    expect(body.items).toEqual([{ kind: 'test', id: 1 }, { kind: 'test', id: 2 }])
    expect(body.payments).toEqual([{ amount: 100, method: 'upi', reference: '77' }])
  })
})

describe('update', () => {
  const before = bill({ items: [{ ...lineOf(cbc), itemId: 11 }, { ...lineOf(lipid), itemId: 12 }] })
  it('sends the difference only, and says where errors belong', () => {
    const [one, two] = before.items
    const values = { ...before, priority: 'stat' as const, items: [{ ...one!, removed: true }, { ...two!, discount: 500 }, lineOf(fever)] }
    const { body, fields } = update(values, before)
    expect(body).toEqual({
      priority: 'stat', addItems: [{ kind: 'panel', id: 9 }], updateItems: [{ itemId: 12, price: 30_000, discount: 500 }], removeItemIds: [11],
    })
    expect(fields).toMatchObject({ 'addItems.0': 'items.2', 'updateItems.0': 'items.1', 'removeItemIds.0': 'items.0.id' })
    expect(update(before, before).body).toEqual({})
  })
})

describe('billErrors', () => {
  it('finds everything at once', () => {
    const values = bill({
      items: [{ ...lineOf(cbc), discount: 40_000 }], discount: 1, icd: [{ key: 'a', code: 'nope', description: '' }],
      payments: [{ key: 'a', method: 'credit', amount: 5, reference: '' }],
    })
    expect(Object.keys(billErrors(values, key))).toEqual(['items.0.discount', 'discount', 'payments.0.amount', 'payments.0.method', 'icd.0.code'])
    expect(billErrors(bill({ items: [] }), key)).toEqual({ items: 'error.items' })
    expect(billErrors(bill({ icd: [{ key: 'a', code: 'e11.9', description: '' }] }), key)).toEqual({})
  })
})

describe('matchOrderables', () => {
  const all = [fever, lipid, cbc]
  it('puts the code before the name, and the name before its parts', () => {
    expect(matchOrderables([orderable(3, 'X', 'Cbc like'), cbc], 'cbc').map(({ code }) => code)).toEqual(['CBC', 'X'])
    expect(matchOrderables(all, 'pan').map(({ code }) => code)).toEqual(['FEVER', 'LIPID'])
    expect(matchOrderables(all, 'bl co').map(({ code }) => code)).toEqual(['CBC'])
    expect(matchOrderables(all, ' ')).toEqual([])
    expect(matchOrderables(all, '+')).toEqual([])
  })
})

describe('alreadyOn', () => {
  it('names the line that orders the test, also through a panel', () => {
    expect(alreadyOn([lineOf(fever)], cbc)).toBe('Fever panel')
    expect(alreadyOn([{ ...lineOf(fever), removed: true }], cbc)).toBeNull()
    expect(alreadyOn([lineOf(cbc)], lipid)).toBeNull()
  })
})
