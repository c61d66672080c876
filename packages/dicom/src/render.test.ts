import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { DicomRefused, encodeRle, grayPixels, renderFrame, writeDicom } from './index.ts'
import { decodeRle } from './rle.ts'
import { xRay } from './testing.ts'
import type { WrittenElement, WrittenValue } from './write.ts'

const rle = '1.2.840.10008.1.2.5'
const [implicit, explicit, deflated, bigEndian] = ['1.2.840.10008.1.2', '1.2.840.10008.1.2.1', '1.2.840.10008.1.2.1.99', '1.2.840.10008.1.2.2']
const uncompressed = [implicit, explicit, deflated, bigEndian] as string[]

interface Picture {
  width: number
  height: number
  photometric?: string
  bits?: number
  stored?: number
  high?: number
  signed?: boolean
  planar?: boolean
  frames?: number
  more?: WrittenElement[]
}

const file = ({ width, height, photometric = 'MONOCHROME2', bits = 16, stored = bits, high = stored - 1, signed = false, planar = false, frames = 1, more = [] }: Picture,
  pixels: WrittenValue, syntax = explicit): Uint8Array => {
  const colour = !/MONO|PALETTE/.test(photometric)
  return writeDicom({
    transferSyntax: syntax, elements: [
      [0x0008_0016, 'UI', '1.2.840.10008.5.1.4.1.1.7'], [0x0008_0018, 'UI', '1.2.3.3'], [0x0008_0060, 'CS', 'OT'],
      [0x0028_0002, 'US', [colour ? 3 : 1]], [0x0028_0004, 'CS', photometric], ...(colour ? [[0x0028_0006, 'US', [planar ? 1 : 0]]] as WrittenElement[] : []),
      ...(frames > 1 ? [[0x0028_0008, 'IS', String(frames)]] as WrittenElement[] : []),
      [0x0028_0010, 'US', [height]], [0x0028_0011, 'US', [width]], [0x0028_0100, 'US', [bits]], [0x0028_0101, 'US', [stored]], [0x0028_0102, 'US', [high]],
      [0x0028_0103, 'US', [signed ? 1 : 0]], ...more, [0x7fe0_0010, bits > 8 || syntax === implicit ? 'OW' : 'OB', pixels],
    ],
  })
}

const bytesOf = (numbers: Uint16Array | Int16Array | Uint32Array) => new Uint8Array(numbers.buffer)
/** A picture with edges and slopes, so that a shifted or swapped pixel shows. */
const picture = (width: number, height: number, most: number) => Array.from({ length: width * height }, (_, at) =>
  Math.floor(((at % width) / width * 0.6 + (Math.floor(at / width) % 7 === 0 ? 0.3 : 0) + (at % 11 === 0 ? 0.1 : 0)) * most))
const colours = (width: number, height: number) => Uint8Array.from(picture(width, height, 255).flatMap((value, at) => [value, 255 - value, (at * 3) % 256]))
const window = (center: number, width: number): WrittenElement[] => [[0x0028_1050, 'DS', String(center)], [0x0028_1051, 'DS', String(width)]]
const codeOf = async (work: Promise<unknown>) => work.then(() => 'read', (error: unknown) => (error instanceof DicomRefused ? error.code : Promise.reject(error)))

describe('RLE', () => {
  it('gives back what was packed', () => {
    fc.assert(fc.property(fc.constantFrom(1, 2, 3), fc.constantFrom(1, 2), fc.array(fc.nat(3), { minLength: 1, maxLength: 700 }), (samples, size, numbers) => {
      const frame = new Uint8Array(Math.max(1, Math.floor(numbers.length / samples / size)) * samples * size).map((_, at) => numbers[at % numbers.length] ?? 0)
      expect(decodeRle(encodeRle(frame, samples, size), frame.length / samples / size, samples, size)).toEqual(frame)
    }))
  })
  it('of any bytes is decoded or refused', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const packed = new Uint8Array(64 + bytes.length)
      packed.set([1, 0, 0, 0, 64], 0)
      packed.set(bytes, 64)
      try {
        expect(decodeRle(packed, 50, 1, 1)).toHaveLength(50)
      } catch (error) {
        expect(error).toMatchObject({ code: 'damaged' })
      }
    }))
  })
  it('keeps colour in its place, where it comes by pixel or by plane', async () => {
    const rgb = colours(16, 12)
    const seen = await renderFrame(file({ width: 16, height: 12, photometric: 'RGB', bits: 8 }, { fragments: [encodeRle(rgb, 3, 1)] }, rle))
    expect(seen.data).toEqual(rgb)
  })
})

describe('gray', () => {
  it.each(uncompressed)('is windowed alike in transfer syntax %s', async (syntax) => {
    const values = Uint16Array.from([0, 1000, 2000, 3000, 4000, 4095])
    const seen = await renderFrame(file({ width: 3, height: 2, stored: 12, more: window(2048, 4096) }, bytesOf(values), syntax))
    expect([...seen.data]).toEqual([0, 62, 125, 187, 249, 255])
  })
  it('is inverted for MONOCHROME1', async () => {
    const make = (photometric: string) => renderFrame(file({ width: 3, height: 1, photometric, more: window(500, 1000) }, bytesOf(Uint16Array.of(0, 500, 999))))
    expect([...(await make('MONOCHROME2')).data].map((value) => 255 - value)).toEqual([...(await make('MONOCHROME1')).data])
  })
  it('keeps the sign, also in fewer bits than are allocated, and above the lowest', async () => {
    const stored = Uint16Array.from([-2048, -1, 0, 2047], (value) => (value & 0xfff) << 4)
    const pixels = await grayPixels(file({ width: 4, height: 1, stored: 12, high: 15, signed: true }, bytesOf(stored)))
    expect([...pixels.values]).toEqual([-2048, -1, 0, 2047])
    expect(pixels).toMatchObject({ min: -2048, max: 2047 })
  })
  it('ignores what lies above the high bit', async () => {
    expect([...(await grayPixels(file({ width: 2, height: 1, stored: 12 }, bytesOf(Uint16Array.of(0xf123, 0x0fff))))).values]).toEqual([0x123, 0xfff])
  })
  it('leaves padding out', async () => {
    const padded = file({ width: 4, height: 1, signed: true, more: [[0x0028_0120, 'SS', [-2000]]] }, bytesOf(Int16Array.of(-2000, 0, 50, 100)))
    expect(await grayPixels(padded)).toMatchObject({ padding: { from: -2000, to: -2000 }, min: 0, max: 100 })
    expect([...(await renderFrame(padded)).data]).toEqual([0, 0, 128, 255])
  })
  it('is rescaled, and looked up in the tables of the file', async () => {
    const rescaled = await grayPixels(file({ width: 1, height: 1, more: [[0x0028_1052, 'DS', '-1000'], [0x0028_1053, 'DS', '2']] }, bytesOf(Uint16Array.of(7))))
    expect(rescaled).toMatchObject({ slope: 2, intercept: -1000 })
    const table = (tag: number): WrittenElement => [tag, 'SQ', { items: [[[0x0028_3002, 'US', [4, 10, 16]], [0x0028_3006, 'US', [0, 20000, 40000, 65535]]]] }]
    const raw = bytesOf(Uint16Array.of(0, 10, 11, 12, 13, 99))
    expect([...(await grayPixels(file({ width: 6, height: 1, more: [table(0x0028_3000)] }, raw))).values]).toEqual([0, 0, 20000, 40000, 65535, 65535])
    for (const syntax of uncompressed) {
      expect([...(await renderFrame(file({ width: 6, height: 1, more: [table(0x0028_3010)] }, raw, syntax))).data]).toEqual([0, 0, 78, 156, 255, 255])
    }
  })
  it('of 32 bits keeps its units', async () => {
    const pixels = await grayPixels(file({ width: 3, height: 1, bits: 32 }, bytesOf(Uint32Array.of(1_000_000, 1_500_000, 2_000_000))))
    expect([...pixels.values].map((value) => Math.round(value * pixels.slope + pixels.intercept))).toEqual([1_000_000, 1_500_004, 2_000_000].map((value) => expect.closeTo(value, -2)))
  })
  it('has frames', async () => {
    const frames = file({ width: 2, height: 1, bits: 8, frames: 3, more: window(128, 256) }, Uint8Array.of(0, 1, 100, 101, 200, 201))
    expect([...(await renderFrame(frames, { frame: 1 })).data]).toEqual([100, 101])
    const packed = { fragments: [[0, 1], [100, 101], [200, 201]].map((pair) => encodeRle(Uint8Array.from(pair), 1, 1)) }
    expect([...(await renderFrame(file({ width: 2, height: 1, bits: 8, frames: 3, more: window(128, 256) }, packed, rle), { frame: 2 })).data]).toEqual([200, 201])
    expect(await codeOf(renderFrame(frames, { frame: 3 }))).toBe('no_pixels')
  })
  it('of one bit has pixels that cross bytes', async () => {
    const seen = await renderFrame(file({ width: 5, height: 1, bits: 1, frames: 2, more: window(1, 1) }, Uint8Array.of(0b0101_0101, 0b11)), { frame: 1 })
    expect([...seen.data]).toEqual([0, 255, 0, 255, 255])
  })
})

describe('colour', () => {
  it.each(uncompressed)('RGB by pixel and by plane, 8 and 16 bits, in transfer syntax %s', async (syntax) => {
    const rgb = colours(6, 4)
    const planes = Uint8Array.from([0, 1, 2].flatMap((sample) => [...rgb].filter((_, at) => at % 3 === sample)))
    expect((await renderFrame(file({ width: 6, height: 4, photometric: 'RGB', bits: 8 }, rgb, syntax))).data).toEqual(rgb)
    expect((await renderFrame(file({ width: 6, height: 4, photometric: 'RGB', bits: 8, planar: true }, planes, syntax))).data).toEqual(rgb)
    const wide = Uint16Array.from(rgb, (value) => value * 256 + 9)
    expect((await renderFrame(file({ width: 6, height: 4, photometric: 'RGB' }, bytesOf(wide), syntax))).data).toEqual(rgb)
  })
  it('YBR_FULL and YBR_FULL_422', async () => {
    const red = [76, 85, 255]
    const full = await renderFrame(file({ width: 2, height: 1, photometric: 'YBR_FULL', bits: 8 }, Uint8Array.from([...red, 255, 128, 128])))
    expect([...full.data]).toEqual([254, 0, 0, 255, 255, 255])
    const half = await renderFrame(file({ width: 2, height: 1, photometric: 'YBR_FULL_422', bits: 8 }, Uint8Array.of(76, 76, 85, 255)))
    expect([...half.data]).toEqual([254, 0, 0, 254, 0, 0])
  })
  it.each(uncompressed)('PALETTE COLOR of 8 and 16 bits in transfer syntax %s', async (syntax) => {
    const palette = (bits: number): WrittenElement[] => [1, 2, 3].flatMap((channel): WrittenElement[] => [
      [0x0028_1100 + channel, 'US', [3, 1, bits]],
      [0x0028_1200 + channel, 'OW', bits === 16 ? bytesWords([0, 0x8000, 0xff00].map((value) => Math.floor(value / channel)), syntax) : [10 * channel, 20 * channel, 30 * channel]]])
    const seen = (bits: number) => renderFrame(file({ width: 4, height: 1, photometric: 'PALETTE COLOR', bits: 8, more: palette(bits) }, Uint8Array.of(0, 1, 2, 9), syntax))
    expect([...(await seen(16)).data]).toEqual([0, 0, 0, 0, 0, 0, 128, 64, 42, 255, 127, 85])
    expect([...(await seen(8)).data]).toEqual([10, 20, 30, 10, 20, 30, 20, 40, 60, 30, 60, 90])
  })
})
const bytesWords = (words: number[], _syntax: string) => words

describe('hostile pixels', () => {
  it('are refused by name', async () => {
    const raw = bytesOf(Uint16Array.of(1, 2, 3, 4))
    expect(await codeOf(renderFrame(file({ width: 100, height: 100 }, raw)))).toBe('truncated')
    expect(await codeOf(renderFrame(file({ width: 2, height: 2, photometric: 'HSV' }, raw)))).toBe('unsupported_pixels')
    expect(await codeOf(renderFrame(file({ width: 2, height: 2, stored: 16, high: 3 }, raw)))).toBe('damaged')
    expect(await codeOf(renderFrame(file({ width: 2, height: 2 }, { fragments: [raw] }, '1.2.840.10008.1.2.4.102')))).toBe('unsupported_syntax')
    expect(await codeOf(renderFrame(writeDicom({ elements: xRay().filter(([tag]) => tag !== 0x7fe0_0010) })))).toBe('no_pixels')
    for (const syntax of ['50', '51', '57', '70', '80', '81', '90', '91', '201']) {
      expect(await codeOf(renderFrame(file({ width: 2, height: 2 }, { fragments: [raw] }, `1.2.840.10008.1.2.4.${syntax}`)))).toBe('damaged')
    }
  })
  it('are rendered or refused, whatever is changed in them', async () => {
    const files = [
      file({ width: 9, height: 7, stored: 12, more: window(2048, 4096) }, bytesOf(Uint16Array.from(picture(9, 7, 4095)))),
      file({ width: 9, height: 7, photometric: 'RGB', bits: 8 }, { fragments: [encodeRle(colours(9, 7), 3, 1)] }, rle),
      file({ width: 8, height: 6, photometric: 'YBR_FULL_422', bits: 8 }, colours(8, 4), bigEndian),
    ]
    await fc.assert(fc.asyncProperty(fc.nat(2), fc.array(fc.tuple(fc.nat(3000), fc.nat(255)), { minLength: 1, maxLength: 8 }), async (which, changes) => {
      const bytes = Uint8Array.from(files[which] ?? [])
      for (const [at, byte] of changes) bytes[300 + (at % (bytes.length - 300))] = byte
      await codeOf(renderFrame(bytes))
    }), { numRuns: 400 })
  })
})

describe('JPEG 2000 and High-Throughput JPEG 2000', () => {
  const [width, height] = [61, 43]
  it.each([['90', 'encodeJpeg2000'], ['201', 'encodeHtJpeg2000']] as const)('of syntax .%s give back what was packed', async (syntax, encode) => {
    const { default: { Context, NativeCodecs } } = await import('dcmjs-codecs')
    await NativeCodecs.initializeAsync()
    const packed = (values: Uint8Array, bits: number, samples: number, photometric: string) => NativeCodecs[encode](new Context({
      width, height, bitsAllocated: bits, bitsStored: bits === 16 ? 12 : 8, samplesPerPixel: samples, pixelRepresentation: 0, planarConfiguration: 0,
      photometricInterpretation: photometric, decodedBuffer: values,
    }), { lossy: false }).getEncodedBuffer() ?? new Uint8Array()
    const uid = `1.2.840.10008.1.2.4.${syntax}`
    const raw = Uint16Array.from(picture(width, height, 4095))
    const gray = file({ width, height, stored: 12 }, { fragments: [packed(bytesOf(raw), 16, 1, 'MONOCHROME2')] }, uid)
    expect((await grayPixels(gray)).values).toEqual(raw)
    const bytes = Uint8Array.from(picture(width, height, 255))
    const gray8 = file({ width, height, bits: 16, stored: 8 }, { fragments: [packed(bytes, 8, 1, 'MONOCHROME2')] }, uid)
    expect((await grayPixels(gray8)).values).toEqual(Uint16Array.from(bytes))
    const rgb = colours(width, height)
    const colour = file({ width, height, photometric: 'YBR_RCT', bits: 8 }, { fragments: [packed(rgb, 8, 3, 'RGB')] }, uid)
    expect((await renderFrame(colour)).data).toEqual(rgb)
  })
})

const has = (tool: string) => {
  try {
    execFileSync(tool, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Against dcmtk (dcm2pnm), an independent reader, where it is installed. */
describe.skipIf(!has('dcm2pnm'))('the same as dcm2pnm', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aliquot-dicom-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const run = (tool: string, ...options: string[]) => execFileSync(tool, options, { stdio: 'pipe' })
  const peer = (bytes: Uint8Array, options: readonly string[] = [], reader = 'dcm2pnm') => {
    writeFileSync(join(folder, 'in.dcm'), bytes)
    run(reader, '--write-raw-pnm', ...options, join(folder, 'in.dcm'), join(folder, 'out.pnm'))
    const pnm = readFileSync(join(folder, 'out.pnm'))
    const [head = ''] = /^P[56]\s+(?:#.*\s)*\d+ \d+\s+\d+\s/.exec(pnm.toString('latin1')) ?? []
    return pnm.subarray(head.length)
  }
  const worst = (a: Uint8Array, b: Uint8Array) => {
    expect(a.length).toBe(b.length)
    return a.reduce((most, value, at) => Math.max(most, Math.abs(value - (b[at] ?? 0))), 0)
  }
  const compressed = (bytes: Uint8Array, tool: string, ...options: string[]) => {
    writeFileSync(join(folder, 'raw.dcm'), bytes)
    run(tool, ...options, join(folder, 'raw.dcm'), join(folder, 'packed.dcm'))
    return new Uint8Array(readFileSync(join(folder, 'packed.dcm')))
  }
  const [width, height] = [61, 43]
  const gray = file({ width, height, stored: 12, more: window(2000, 3000) }, bytesOf(Uint16Array.from(picture(width, height, 4095))))
  const small = file({ width, height, bits: 8, more: window(100, 180) }, Uint8Array.from(picture(width, height, 255)))
  const rgb = file({ width: 60, height, photometric: 'RGB', bits: 8 }, colours(60, height))

  it.each([...uncompressed, rle])('for gray of 12 bits in %s', async (syntax) => {
    const raw = bytesOf(Uint16Array.from(picture(width, height, 4095)))
    for (const photometric of ['MONOCHROME1', 'MONOCHROME2']) {
      const bytes = file({ width, height, stored: 12, photometric, more: window(2000, 3000) }, syntax === rle ? { fragments: [encodeRle(raw, 1, 2)] } : raw, syntax)
      expect(worst((await renderFrame(bytes)).data, peer(bytes, ['+Wi', '1']))).toBeLessThanOrEqual(1)
    }
  })
  it.each([...uncompressed, rle])('for RGB, by pixel and by plane, in %s', async (syntax) => {
    for (const planar of [false, true]) {
      if (planar && syntax === rle) continue
      const bytes = file({ width, height, photometric: 'RGB', bits: 8, planar }, syntax === rle ? { fragments: [encodeRle(colours(width, height), 3, 1)] } : colours(width, height), syntax)
      expect(worst((await renderFrame(bytes)).data, peer(bytes))).toBe(0)
    }
  })
  it('for signed values with a rescale', async () => {
    const bytes = file({ width, height, signed: true, more: [...window(40, 400), [0x0028_1052, 'DS', '-24'], [0x0028_1053, 'DS', '0.5']] },
      bytesOf(Int16Array.from(picture(width, height, 2000), (value) => value - 1000)))
    expect(worst((await renderFrame(bytes)).data, peer(bytes, ['+Wi', '1']))).toBeLessThanOrEqual(1)
  })
  it.each([
    ['lossless JPEG', 0, gray, 'dcmcjpeg', ['+e1']], ['lossless JPEG, process 14', 0, gray, 'dcmcjpeg', ['+el']], ['baseline JPEG', 2, small, 'dcmcjpeg', ['+eb']],
    ['extended JPEG', 2, gray, 'dcmcjpeg', ['+ee']], ['JPEG-LS', 0, gray, 'dcmcjpls', ['+el']], ['near-lossless JPEG-LS', 2, gray, 'dcmcjpls', ['+en']],
    ['RLE', 0, gray, 'dcmcrle', []], ['RLE of colour', 0, rgb, 'dcmcrle', []], ['baseline JPEG of colour', 4, rgb, 'dcmcjpeg', ['+eb', '+s4']],
    ['baseline JPEG of colour, 4:2:2', 40, rgb, 'dcmcjpeg', ['+eb', '+s2']], ['lossless JPEG of colour', 0, rgb, 'dcmcjpeg', ['+e1']],
    ['JPEG-LS of colour', 0, rgb, 'dcmcjpls', ['+el']], ['JPEG-LS of colour, by line', 0, rgb, 'dcmcjpls', ['+el', '+il']],
  ] as const)('for %s', async (_name, tolerance, raw, tool, options) => {
    const bytes = compressed(raw, tool, ...options)
    const seen = await renderFrame(bytes)
    const theirs = peer(bytes, seen.channels === 1 ? ['+Wi', '1'] : [], { dcmcjpeg: 'dcmj2pnm', dcmcjpls: 'dcml2pnm', dcmcrle: 'dcm2pnm' }[tool])
    expect(worst(seen.data, theirs)).toBeLessThanOrEqual(Math.max(1, tolerance))
    if (tolerance === 0) expect(worst(seen.data, (await renderFrame(raw)).data)).toBe(0)
  })
})
