import { describe, expect, it } from 'vitest'
import { localTime, measuredAt } from './measured-at.ts'

const at = (text: string, timeZone: string): string | null => measuredAt(text, timeZone)?.toISOString() ?? null

describe('times of instruments', () => {
  it.each([
    ['20261121081500', 'Asia/Kolkata', '2026-11-21T02:45:00.000Z'],
    ['202611210815', 'Asia/Kolkata', '2026-11-21T02:45:00.000Z'],
    ['20261121', 'Asia/Kolkata', '2026-11-20T18:30:00.000Z'],
    ['2026-11-21 08:15:30', 'UTC', '2026-11-21T08:15:30.000Z'],
    ['2026/11/21T08:15', 'UTC', '2026-11-21T08:15:00.000Z'],
    ['20261121081500.1234+0530', 'UTC', '2026-11-21T02:45:00.000Z'],
    ['20261121081500Z', 'Asia/Kolkata', '2026-11-21T08:15:00.000Z'],
    ['20260329023000', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['20261025023000', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['20260230081500', 'UTC', null],
    ['20261121250000', 'UTC', null],
    ['18991121081500', 'UTC', null],
    ['21.11.2026 08:15', 'UTC', null],
    ['', 'UTC', null],
  ])('%s in %s is %s', (text, zone, expected) => expect(at(text, zone)).toBe(expected))

  it('are written as they are read', () => {
    const now = new Date('2026-11-21T02:45:00Z')
    for (const timeZone of ['UTC', 'Asia/Kolkata', 'America/New_York', 'Pacific/Auckland']) expect(measuredAt(localTime({ at: now, timeZone }),
      timeZone)).toEqual(now)
  })
})
