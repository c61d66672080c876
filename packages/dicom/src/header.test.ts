import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { DicomRefused, listTags, readHeader, writeDicom } from './index.ts'
import { limits } from './refusal.ts'
import { xRay } from './testing.ts'
import type { WrittenElement } from './write.ts'

const without = (elements: readonly WrittenElement[], tag: number) => elements.filter(([found]) => found !== tag)

describe('the header', () => {
  it.each(['1.2.840.10008.1.2', '1.2.840.10008.1.2.1', '1.2.840.10008.1.2.1.99', '1.2.840.10008.1.2.2'])('is the same in transfer syntax %s', (syntax) => {
    expect(readHeader(writeDicom({ transferSyntax: syntax, elements: xRay() }))).toMatchObject({
      patient: { name: { family: 'Müller', given: 'Änne', text: 'Änne Müller' }, id: 'C-17', birthDate: '1980-02-29', sex: 'female' },
      studyUid: '1.2.3.1', seriesUid: '1.2.3.2', sopInstanceUid: '1.2.3.3', modality: 'IO', kind: 'intra_oral', takenAt: '2026-03-04T05:06:07',
      pixels: { rows: 3, columns: 4, photometric: 'MONOCHROME2', bitsAllocated: 16, bitsStored: 12, highBit: 11, signed: false, frames: 1 },
      spacing: { row: 0.02, column: 0.03, at: 'detector' }, windows: [{ center: 2048, width: 4096, name: 'Tooth' }],
      laterality: 'right', teeth: ['46', '47'], transferSyntax: { uid: syntax }, notes: [],
    })
  })

  it('tolerates a missing preamble and says so', () => {
    expect(readHeader(writeDicom({ elements: xRay(), preamble: false })).notes).toEqual(['no_preamble'])
    const whole = writeDicom({ elements: xRay(), transferSyntax: '1.2.840.10008.1.2' })
    const metaLength = new DataView(whole.buffer).getUint32(140, true)
    const raw = readHeader(whole.subarray(144 + metaLength))
    expect(raw.notes).toEqual(['no_preamble', 'no_meta'])
    expect(raw.patient.id).toBe('C-17')
  })

  it('is read from the beginning of a file, where that is asked for', () => {
    const whole = writeDicom({ elements: xRay() })
    const start = whole.subarray(0, whole.length - 10)
    expect(() => readHeader(start)).toThrow(expect.objectContaining({ code: 'truncated' }))
    expect(readHeader(start, { partial: true })).toMatchObject({ patient: { id: 'C-17' }, notes: ['partial'] })
  })

  it.each([
    ['ISO_IR 100', [0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72], 'Müller'],
    ['ISO_IR 144', [0xbb, 0xee, 0xda, 0x63], 'Люкc'],
    ['ISO_IR 126', [0xc4, 0xe9, 0xef], 'Διο'],
    ['ISO_IR 192', [...new TextEncoder().encode('王小東')], '王小東'],
    ['GB18030', [0xcd, 0xf5, 0xd0, 0xa1], '王小'],
    ['ISO_IR 13', [0xd4, 0xcf, 0xc0, 0xde], 'ﾔﾏﾀﾞ'],
    ['', [0x4d, 0xfc, 0x6c], 'Mül'],
  ])('reads names in %s', (charset, bytes, family) => {
    const elements = without(without(xRay(), 0x0008_0005), 0x0010_0010)
    const file = writeDicom({ elements: [...elements, [0x0008_0005, 'CS', charset], [0x0010_0010, 'PN', Uint8Array.from(bytes)]] })
    const header = readHeader(file)
    expect(header.patient.name?.family).toBe(family)
    expect(header.notes.includes('charset_guessed')).toBe(charset === '')
  })

  // PS3.5 annexes H.3.1 and I.2
  it.each([
    ['\\ISO 2022 IR 87', 'Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B=\x1b$B$d$^$@\x1b(B^\x1b$B$?$m$&\x1b(B', 'Yamada', '山田 太郎', 'やまだ たろう'],
    ['\\ISO 2022 IR 149', 'Hong^Gildong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7=\x1b$)C\xc8\xab^\x1b$)C\xb1\xe6\xb5\xbf', 'Hong', '洪 吉洞', '홍 길동'],
  ])('follows the escape sequences of %s', (charset, text, family, ideographic, phonetic) => {
    const elements = without(without(xRay(), 0x0008_0005), 0x0010_0010)
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0))
    const { patient } = readHeader(writeDicom({ elements: [...elements, [0x0008_0005, 'CS', charset], [0x0010_0010, 'PN', bytes]] }))
    expect(patient.name).toMatchObject({ family, ideographic, phonetic })
  })

  it('says where spacing is measured', () => {
    const base = without(xRay(), 0x0018_1164)
    const spacing = (...more: WrittenElement[]) => readHeader(writeDicom({ elements: [...base, ...more] })).spacing
    expect(spacing()).toBeNull()
    expect(spacing([0x0028_0030, 'DS', '0.1\\0.2'])).toEqual({ row: 0.1, column: 0.2, at: 'unspecified' })
    expect(spacing([0x0028_0030, 'DS', '0.1\\0.1'], [0x0018_1164, 'DS', '0.1\\0.1'])?.at).toBe('detector')
    expect(spacing([0x0028_0030, 'DS', '0.09\\0.09'], [0x0018_1164, 'DS', '0.1\\0.1'])?.at).toBe('calibrated')
    expect(spacing([0x0028_0030, 'DS', '0.1\\0.1'], [0x0028_0a02, 'CS', 'FIDUCIAL'])?.at).toBe('calibrated')
    expect(spacing([0x0028_0030, 'DS', '0\\-1'])).toBeNull()
  })
})

describe('the list of elements', () => {
  it.each(['1.2.840.10008.1.2', '1.2.840.10008.1.2.1', '1.2.840.10008.1.2.2'])('names them, in sequences too, in transfer syntax %s', async (syntax) => {
    const lines = await listTags(writeDicom({ transferSyntax: syntax, elements: xRay() }))
    expect(lines).toEqual(expect.arrayContaining([
      { tag: '(0010,0010)', name: 'Patient Name', vr: 'PN', value: 'Müller^Änne', depth: 0 }, { tag: '(0028,0010)', name: 'Rows', vr: 'US', value: '3', depth: 0 },
      { tag: '(0008,0100)', name: 'Code Value', vr: 'SH', value: '46', depth: 1 }, expect.objectContaining({ tag: '(7FE0,0010)', value: '24 bytes' }),
    ]))
  })
})

describe('hostile files', () => {
  const code = (bytes: Uint8Array) => {
    try {
      readHeader(bytes)
      return 'read'
    } catch (error) {
      if (error instanceof DicomRefused) return error.code
      throw error
    }
  }

  it('are refused by name', () => {
    expect(code(new Uint8Array())).toBe('not_dicom')
    expect(code(new TextEncoder().encode('%PDF-1.7 and much more than that'.repeat(20)))).toBe('not_dicom')
    expect(code(new Uint8Array(500))).toBe('not_dicom')
    const file = writeDicom({ elements: xRay() })
    expect(code(file.subarray(0, file.length - 4))).toBe('truncated')
    expect(code(writeDicom({ elements: [...without(xRay(), 0x0028_0010), [0x0028_0010, 'US', [0]]] }))).toBe('damaged')
    const huge = [...without(without(xRay(), 0x0028_0010), 0x0028_0011), [0x0028_0010, 'US', [65535]], [0x0028_0011, 'US', [65535]]] as WrittenElement[]
    expect(code(writeDicom({ elements: huge }))).toBe('too_large')
  })

  it('cannot nest without end', () => {
    let items: WrittenElement[] = [[0x0008_0100, 'SH', 'x']]
    for (let depth = 0; depth < 40; depth++) items = [[0x0008_2218, 'SQ', { items: [items] }]]
    expect(code(writeDicom({ elements: items }))).toBe('too_deep')
    // the same with lengths that are never said: each level costs 20 bytes
    const level = [0x08, 0x00, 0x18, 0x22, 0x53, 0x51, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xfe, 0xff, 0x00, 0xe0, 0xff, 0xff, 0xff, 0xff]
    const start = writeDicom({ elements: [[0x0008_0016, 'UI', '1.2']] })
    const deep = new Uint8Array(start.length + level.length * 50_000)
    deep.set(start)
    for (let at = start.length; at < deep.length; at += level.length) deep.set(level, at)
    expect(code(deep)).toBe('too_deep')
  })

  it('cannot have millions of elements', () => {
    const start = writeDicom({ elements: [[0x0008_0016, 'UI', '1.2']] })
    const many = new Uint8Array(start.length + 8 * (limits.elements + 10))
    many.set(start)
    for (let at = start.length; at < many.length; at += 8) many.set([0x09, 0x00, 0x10, 0x00, 0x4c, 0x4f, 0, 0], at)
    expect(code(many)).toBe('too_many_elements')
  })

  it('cannot inflate without end', () => {
    const most = limits.inflated
    limits.inflated = 4_000_000
    const bomb = writeDicom({ transferSyntax: '1.2.840.10008.1.2.1.99', elements: [...without(xRay(), 0x7fe0_0010), [0x7fe0_0010, 'OW', new Uint8Array(8_000_000)]] })
    expect(bomb.length).toBeLessThan(20_000)
    expect(code(bomb)).toBe('too_large')
    limits.inflated = most
  })

  it('are read or refused, whatever is changed in them', () => {
    const files = ['1.2.840.10008.1.2', '1.2.840.10008.1.2.1', '1.2.840.10008.1.2.1.99', '1.2.840.10008.1.2.2'].map((syntax) => writeDicom({ transferSyntax: syntax, elements: xRay() }))
    const change = fc.tuple(fc.nat(2000), fc.nat(255))
    fc.assert(fc.property(fc.nat(3), fc.array(change, { minLength: 1, maxLength: 12 }), fc.nat(2000), (which, changes, cut) => {
      const bytes = Uint8Array.from(files[which] ?? [])
      for (const [at, byte] of changes) bytes[128 + (at % (bytes.length - 128))] = byte
      code(bytes)
      code(bytes.subarray(0, cut % bytes.length))
    }), { numRuns: 1500 })
  })

  it('of random bytes are refused', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      code(bytes)
      const framed = new Uint8Array(132 + bytes.length)
      framed.set([0x44, 0x49, 0x43, 0x4d], 128)
      framed.set(bytes, 132)
      code(framed)
    }), { numRuns: 500 })
  })
})
