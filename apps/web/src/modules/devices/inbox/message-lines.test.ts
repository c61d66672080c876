import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linesOf } from './message-lines.ts'

const pathsOf = (text: string) => Object.fromEntries(linesOf(text).flatMap(({ tokens }) => tokens.flatMap(({ path, text: value }) => (path ? [[path, value]] : []))))
const textOf = (text: string) => linesOf(text).flatMap(({ tokens }) => tokens.map((token) => token.text)).join('')

const hl7 = '␋MSH|^~\\&|BC-5380|Mindray|||20260102||ORU^R01|7|P|2.3.1␍PID|1||P1^^^MR~P2␍OBX|1|NM|6690-2^WBC^LN||9.5|10*9/L|4-10|H~A&x␍␜␍'
const astm = '␂1H|\\^&|||SENAITE^Roche^c111^4.2.2||||||TSREQ␍␃E5␍␊␂2O|1||T20 D28^^6||S␍␃B4␍␊␂3R|1|^^^413|40.13|g/L␍␃CE␍␊␂4L|1|N␍␃0A␍␊␄'

describe('linesOf', () => {
  it('numbers the fields of HL7', () => {
    expect(pathsOf(hl7)).toMatchObject({
      'MSH-2': '^~\\&', 'MSH-3': 'BC-5380', 'MSH-9.2': 'R01', 'PID-3.1': 'P1', 'PID-3[2]': 'P2', 'OBX-3.2': 'WBC', 'OBX-5': '9.5', 'OBX-8': 'H', 'OBX-8[2].1.1': 'A', 'OBX-8[2].1.2': 'x',
    })
  })

  it('counts the letter of an ASTM record as its first field', () => {
    expect(pathsOf(astm)).toMatchObject({ 'H-2': '\\^&', 'H-5.1': 'SENAITE', 'O-4.1': 'T20 D28', 'O-4.3': '6', 'R-3.4': '413', 'R-4': '40.13', 'R-5': 'g/L' })
  })

  it('begins a line with every segment and record', () => {
    expect(linesOf(hl7).map(({ name }) => name)).toEqual(['MSH', 'PID', 'OBX', ''])
    expect(linesOf(astm).map(({ name }) => name)).toEqual(['H', 'O', 'R', 'L', ''])
  })

  it('goes on with a record that was cut into frames', () => {
    const cut = '␂1H|\\^&␍␃E5␍␊␂2R|1|^^^GLU|5␗AB␍␊␂3.4|mmol/L␍␃CD␍␊'
    expect(pathsOf(cut)).toMatchObject({ 'R-3.4': 'GLU', 'R-5': 'mmol/L' })
    expect(linesOf(cut)[2]?.tokens[1]).toEqual({ kind: 'value', text: '.4', path: 'R-4' })
  })

  it('takes real line ends as well', () => {
    expect(linesOf('H|\\^&|||X\rR|1|^^^A|1\r\nL|1').map(({ name }) => name)).toEqual(['H', 'R', 'L'])
  })

  it('loses nothing of any text', () => {
    const piece = fc.constantFrom('␂', '1', 'H', '|', '\\', '^', '&', '␍', '␃', 'E5', '␊', '␗', 'MSH', '~', 'R', ' ', 'é', '😀', '␄', 'abc')
    fc.assert(fc.property(fc.array(piece, { maxLength: 60 }).map((parts) => parts.join('')), (text) => {
      expect(textOf(text)).toBe(text)
    }))
  })
})
