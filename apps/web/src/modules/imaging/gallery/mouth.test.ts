import { describe, expect, it } from 'vitest'
import { byDay, chartOf, isCharted, placeOf, teethText } from './mouth.ts'

const image = (...teeth: string[]) => ({ kind: 'intra_oral' as const, teeth })

describe('the chart of a mouth', () => {
  it('has the patient\'s right at the left', () => {
    expect(['18', '11', '21', '28', '48', '38', '55', '65'].map(placeOf)).toEqual([0, 7, 8, 15, 0, 15, 3, 12])
  })
  it('puts upper above lower, bitewings between, each from right to left', () => {
    const images = [image('36', '37'), image('11', '21'), image('16', '46'), image('47'), image('17', '16'), image('26', '36')]
    const { upper, bitewing, lower } = chartOf(images)
    expect([upper, bitewing, lower].map((row) => row.map(({ teeth }) => teeth[0]))).toEqual([['17', '11'], ['16', '26'], ['47', '36']])
    expect(isCharted({ kind: 'panoramic', teeth: ['11'] })).toBe(false)
    expect(isCharted(image())).toBe(false)
  })
  it('names teeth as people do', () => {
    expect(teethText(['16', '18', '17'])).toBe('18–16')
    expect(teethText(['12', '11', '21'])).toBe('12–21')
    expect(teethText(['17', '16', '47', '46', '45'])).toBe('17 16 / 47–45')
    expect(teethText(['36'])).toBe('36')
    expect(teethText(['36', '38', '31'])).toBe('31 36 38')
  })
  it('groups by day, newest first, without one last', () => {
    const days = byDay([{ takenAt: '2025-01-02T10:00:00' }, { takenAt: null }, { takenAt: '2026-03-04' }, { takenAt: '2025-01-02' }])
    expect(days.map(({ day, images }) => [day, images.length])).toEqual([['2026-03-04', 1], ['2025-01-02', 2], [null, 1]])
  })
})
