import type { QcLot } from '@aliquot/contracts'
import { describe, expect, it } from 'vitest'
import { levelsBeside } from './control-levels.ts'

const lot = (id: number, change: Partial<QcLot> = {}): QcLot => ({
  id, version: 1, instrumentId: 1, parameter: 'GLU', control: 'PreciControl', level: '1', lot: `L${id}`, unit: 'mmol/L', mean: 5, sd: 0.1,
  validFrom: '2026-01-01', validTo: null, disabled: false,
  instrument: { id: 1, name: 'c111' }, state: 'in_control', lastAt: null, ...change,
})

describe('levelsBeside', () => {
  it('stacks the levels and lines up their lots', () => {
    const first = lot(1, { validTo: '2026-10-31' })
    const levels = levelsBeside(first, [lot(3, { level: '2' }), lot(2, { validFrom: '2026-11-01' }), first, lot(4, { parameter: 'UREA' }), lot(5, { instrumentId: 2 })], '2026-10-15', '2026-11-20')
    expect(levels.map(({ level, lots }) => [level, lots.map(({ id }) => id)])).toEqual([['1', [1, 2]], ['2', [3]]])
  })

  it('leaves out lots of other days, but never the one that was asked for', () => {
    const old = lot(1, { validTo: '2025-12-31' })
    expect(levelsBeside(old, [old, lot(2, { validTo: '2026-01-31' })], '2026-11-01', '2026-11-20').flatMap(({ lots }) => lots.map(({ id }) => id))).toEqual([1])
  })
})
