import { describe, expect, it } from 'vitest'
import { dayNumber, dayTicks, placeOf, scaleOf } from './chart-scale.ts'

const box = { width: 300, height: 100, left: 0, right: 0, top: 10, bottom: 10 }

describe('placeOf', () => {
  it('reads the clock of the lab', () => {
    expect(placeOf('2026-11-20T20:30:00Z', 'Asia/Kolkata')).toBeCloseTo(dayNumber('2026-11-21') + 2 / 24)
    expect(placeOf('2026-11-20T20:30:00Z', 'UTC')).toBeCloseTo(dayNumber('2026-11-20') + 20.5 / 24)
  })

  it('keeps days equally wide where the clock was changed', () => {
    expect(placeOf('2026-03-29T22:00:00Z', 'Europe/Berlin') - placeOf('2026-03-28T23:00:00Z', 'Europe/Berlin')).toBeCloseTo(1)
  })
})

describe('scaleOf', () => {
  it('spans whole days, and four standard deviations', () => {
    const { x, y } = scaleOf('2026-11-01', '2026-11-03', box)
    expect([x(dayNumber('2026-11-01')), x(dayNumber('2026-11-02')), x(dayNumber('2026-11-04'))]).toEqual([0, 100, 300])
    expect([y(4), y(0), y(-4), y(9), y(-9)]).toEqual([10, 50, 90, 10, 90])
  })
})

describe('dayTicks', () => {
  it('names as many days as there is room for', () => {
    expect(dayTicks('2026-11-01', '2026-11-03', 300)).toEqual(['2026-11-01', '2026-11-02', '2026-11-03'])
    expect(dayTicks('2026-11-01', '2026-11-30', 400)).toEqual(['2026-11-01', '2026-11-08', '2026-11-15', '2026-11-22', '2026-11-29'])
    expect(dayTicks('2026-11-01', '2026-11-01', 20)).toEqual(['2026-11-01'])
  })
})
