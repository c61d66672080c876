import { describe, expect, it } from 'vitest'
import { contentTypeOf, refusalOf } from './acceptable.ts'

const file = (name: string, type: string, size = 1000) => ({ name, type, size })

describe('refusalOf', () => {
  it('takes documents and pictures, also those whose type the browser does not know', () => {
    const taken = [file('a.pdf', 'application/pdf'), file('b.HEIC', ''), file('c.tif', ''), file('d.jpg', 'image/jpeg')]
    expect(taken.map(refusalOf)).toEqual([null, null, null, null])
    expect(contentTypeOf(file('b.HEIC', ''))).toBe('image/heic')
  })

  it('says what is wrong before a byte is sent', () => {
    expect(refusalOf(file('a.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'))).toBe('type')
    expect(refusalOf(file('a.svg', 'image/svg+xml'))).toBe('type')
    expect(refusalOf(file('a.pdf', 'application/pdf', 0))).toBe('empty')
    expect(refusalOf(file('a.pdf', 'application/pdf', 100 * 1024 * 1024))).toBeNull()
    expect(refusalOf(file('a.pdf', 'application/pdf', 100 * 1024 * 1024 + 1))).toBe('too_large')
  })
})
