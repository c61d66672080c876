import { expect, it } from 'vitest'
import { decodeForViewing } from './decode-for-viewing.ts'
import { latin1, utf8 } from './testing/messages.ts'

it('shows controls as symbols and each record on its line', () => {
  expect(decodeForViewing('astm', latin1('\x021H|\\^&\rP|1\r\x03A0\r\n\x04'), null)).toEqual({ text: '␂1H|\\^&␍\nP|1␍\n␃A0␍␊\n␄', lossy: false })
  expect(decodeForViewing('hl7', latin1('\x0bMSH|^~\\&|A\nPID|1\n\x1c\r'), null)).toEqual({ text: '␋MSH|^~\\&|A␊\nPID|1␊\n␜␍\n', lossy: false })
})

it('by the character set of the profile, else by what the message says, else by a guess that is marked', () => {
  expect(decodeForViewing('astm', latin1('M\u00fcller'), 'latin1')).toEqual({ text: 'Müller', lossy: false })
  expect(decodeForViewing('astm', utf8('Müller'), null)).toEqual({ text: 'Müller', lossy: false })
  expect(decodeForViewing('astm', latin1('M\u00fcller'), null)).toEqual({ text: 'Müller', lossy: true })
  expect(decodeForViewing('hl7', latin1('MSH|^~\\&||||||||||||||||8859/1\rPID|\u00fc'),
    null)).toEqual({ text: 'MSH|^~\\&||||||||||||||||8859/1␍\nPID|ü', lossy: false })
  expect(decodeForViewing('astm', latin1('\xff\xfe'), 'no such set').lossy).toBe(true)
})

it('hides nothing that turns text round', () => {
  expect(decodeForViewing('astm', utf8('a\u202eb\u0085'), 'utf-8').text).toBe('a<202E>b<0085>')
})
