import fc from 'fast-check'
import { messagePlaceholders, placeholdersOf } from '@aliquot/contracts'
import { beforeAll, describe, expect, it } from 'vitest'
import { readConfig, useConfig } from '#platform/config'
import { addressOn, internationalNumber } from './addresses.ts'
import { mostTries, waitAfter } from './back-off.ts'
import { defaultTemplates, defaultTriggers } from './defaults/templates.ts'
import { faultsOf, fill, textIn } from './fill-template.ts'
import { withoutSecrets } from './hand-over.ts'
import { linkOf, tokenOf } from './link-token.ts'
import { outsideQuietHours } from './quiet-hours.ts'
import { smsSize } from './sms-size.ts'

beforeAll(() => { useConfig(readConfig({ ALIQUOT_SECRET: 'a secret of at least 32 characters' })) })

describe('a template', () => {
  const text = { language: 'en', subject: 'For {patient.name}', body: 'Hello {recipient.name}, {report.link}' }

  it('is filled, and leaves nothing where a value is missing', () => {
    expect(fill('email', text, { 'patient.name': 'Asha', 'recipient.name': 'Dr Rao' })).toMatchObject({ subject: 'For Asha', body: 'Hello Dr Rao, ' })
  })

  it('names every placeholder that its scope does not know, with the position', () => {
    expect(faultsOf('bill', text)).toEqual([expect.objectContaining({ field: 'body', at: 24, length: 13, text: '{report.link}' })])
    expect(faultsOf('patient', { language: 'en', body: '{name} { patient.name}' }).map(({ message }) => message))
      .toEqual(['is no placeholder here; do you mean {lab.name}?', 'is no placeholder here; do you mean {lab.name}?'])
    expect(faultsOf('report', { language: 'en', body: '', whatsapp: { name: 'x', language: 'en', parameters: ['report.link', 'bill.due'] } }))
      .toEqual([expect.objectContaining({ field: 'parameters', at: 1 })])
  })

  it('takes what a value says for words, never for a placeholder or a header', () => {
    const name = '{patient.number}\r\nBcc: all@example.org'
    expect(fill('email', text, { 'patient.name': name }).subject).toBe('For {patient.number} Bcc: all@example.org')
  })

  it('speaks the language of the patient, else its first', () => {
    const texts = [{ language: 'en', body: 'Hello' }, { language: 'hi', body: 'नमस्ते' }]
    expect([textIn(texts, 'hi'), textIn(texts, 'ta'), textIn(texts, null)].map(({ body }) => body)).toEqual(['नमस्ते', 'Hello', 'Hello'])
  })

  it('comes with the system in words that their scope knows', () => {
    for (const { scope, texts } of defaultTemplates) for (const each of texts) expect(faultsOf(scope, each)).toEqual([])
    const names = defaultTemplates.map(({ name }) => name)
    for (const { templates } of defaultTriggers) expect(names).toEqual(expect.arrayContaining(templates))
    expect(new Set(Object.values(messagePlaceholders).flat()).size).toBe(Object.values(messagePlaceholders).flat().length)
    expect(placeholdersOf('report')).toContain('order.number')
  })
})

describe('the size of an SMS', () => {
  it.each([
    ['', 'GSM-7', 0, 0], ['a'.repeat(160), 'GSM-7', 160, 1], ['a'.repeat(161), 'GSM-7', 161, 2], ['€'.repeat(80), 'GSM-7', 160, 1],
    ['a'.repeat(306), 'GSM-7', 306, 2], ['a'.repeat(307), 'GSM-7', 307, 3], ['न'.repeat(70), 'UCS-2', 70, 1], ['न'.repeat(71), 'UCS-2', 71, 2],
    ['😀'.repeat(35), 'UCS-2', 70, 1], [`${'a'.repeat(66)}😀aaaa`, 'UCS-2', 72, 2],
    // An escape pair is not torn: 152 septets and the pair need the next message.
    [`${'a'.repeat(152)}€${'a'.repeat(152)}`, 'GSM-7', 306, 3],
  ] as const)('%# is what a phone company charges', (text, encoding, length, segments) => {
    expect(smsSize(text)).toEqual({ encoding, length, segments })
  })

  it('grows with the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (a, b) => smsSize(a + b).segments >= smsSize(a).segments))
  })
})

describe('quiet hours', () => {
  const quiet = { from: '21:00', to: '08:00' }
  it.each([
    ['2026-03-01T16:00:00Z', '2026-03-02T02:30:00Z'], // 21:30 in Kolkata → 08:00
    ['2026-03-01T15:29:59Z', '2026-03-01T15:29:59Z'], // 20:59:59
    ['2026-03-01T02:30:00Z', '2026-03-01T02:30:00Z'], // 08:00
    ['2026-03-01T00:00:00Z', '2026-03-01T02:30:00Z'], // 05:30
  ])('%s waits until %s', (at, until) => {
    expect(outsideQuietHours(new Date(at), quiet, 'Asia/Kolkata').toISOString()).toBe(new Date(until).toISOString())
  })

  it('never end inside themselves, whatever the clocks do', () => {
    const minute = fc.integer({ min: 0, max: 1439 })
    const clock = (m: number) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`
    const at = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
    fc.assert(fc.property(at, minute, minute, fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'), (time, from, to, zone) => {
      const hours = { from: clock(from), to: clock(to) }
      const end = outsideQuietHours(time, hours, zone)
      expect(end.getTime()).toBeGreaterThanOrEqual(time.getTime())
      expect(outsideQuietHours(end, hours, zone)).toEqual(end)
    }), { numRuns: 300 })
  })
})

describe('addresses, waiting, links and answers', () => {
  it('takes numbers as people write them', () => {
    expect(['098450 55555', '+91 98450-55555', '0049 30 1234567', '98450 55555'].map((each) => internationalNumber(each, '+91')))
      .toEqual(['+919845055555', '+919845055555', '+49301234567', '+919845055555'])
    expect([internationalNumber('12', '+91'), internationalNumber('no number', '+91'), addressOn('email', { phone: '1', email: null }, '+91')])
      .toEqual([null, null, null])
  })

  it('waits longer each time, by chance but never less than half and never past four hours', () => {
    const waits = Array.from({ length: mostTries }, (_, index) => [waitAfter(index + 1, 0), waitAfter(index + 1, 1)] as const)
    for (const [least, greatest] of waits) expect(least).toBe(greatest / 2)
    expect(waits.every(([, greatest], index) => greatest >= (waits[index - 1]?.[1] ?? 0) && greatest <= 4 * 3600_000)).toBe(true)
  })

  it('opens links that it signed, and no other', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 2 ** 40 }), fc.nat(), (id, place) => {
      const token = tokenOf(id)
      expect(linkOf(token)).toBe(id)
      const at = place % token.length
      const forged = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
      expect(linkOf(forged)).toBeNull()
    }), { numRuns: 200 })
    expect(['', '-', '1-', '0-x', 'A'.repeat(36), `${(2 ** 60).toString(36)}-x`].map(linkOf)).toEqual([null, null, null, null, null, null])
  })

  it('keeps a provider\'s words without credentials and addresses', () => {
    const account = { secrets: { apiKey: 'very-secret', webhookKey: '' } }
    expect(withoutSecrets('key very-secret, to +919845055555 or 919845055555\n', account, '+919845055555')).toBe('key •••, to ••• or •••')
    expect(withoutSecrets('x'.repeat(9000), null, '')).toHaveLength(500)
  })
})
