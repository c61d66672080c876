import { deflateSync, crc32 } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { checkPicture, closeDocuments, describePdf, toPdf } from './index.ts'
import { withPdf } from './pdfium.ts'

afterAll(closeDocuments)

type Colour = readonly [number, number, number]
const [red, green, blue, yellow]: Colour[] = [[200, 30, 30], [30, 160, 30], [30, 30, 200], [230, 210, 40]]
const quarters = [red!, green!, blue!, yellow!]

/** Red, green above blue, yellow: no two ways of turning it look alike. */
const picture = (width = 300, height = 200) => {
  const pixels = Buffer.alloc(width * height * 3)
  for (let at = 0; at < width * height; at++) {
    const quarter = (at % width < width / 2 ? 0 : 1) + (Math.floor(at / width) < height / 2 ? 0 : 2)
    pixels.set(quarters[quarter]!, at * 3)
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

/**
 * How a camera held that way stores an upright picture: what each orientation of EXIF undoes.
 * Sharp mirrors before it turns, in whatever order it is told.
 */
const stored = async (orientation: number) => {
  const hold = [
    picture, picture, () => picture().flop(), () => picture().rotate(180), () => picture().flip(),
    () => picture().flop().rotate(270), () => picture().rotate(270), () => picture().flop().rotate(90), () => picture().rotate(90),
  ][orientation]!
  return sharp(await hold().png().toBuffer()).jpeg({ quality: 95 }).withMetadata({ orientation }).toBuffer()
}

const colourName = (bgrx: Uint8Array, at: number): string => {
  const [b = 0, g = 0, r = 0] = bgrx.subarray(at, at + 3)
  const near = quarters.findIndex((colour) => Math.hypot(colour[0] - r, colour[1] - g, colour[2] - b) < 70)
  return ['red', 'green', 'blue', 'yellow'][near] ?? (Math.min(r, g, b) > 240 ? 'white' : `${r} ${g} ${b}`)
}

/** The colours of the four quarters of what is drawn on a page, and its width by its height. */
const quartersOn = async (pdf: Uint8Array, page = 0) => {
  const painted = await withPdf(pdf, (open) => open.render(page, 842))
  if (!painted || typeof painted === 'string') throw new Error('The page cannot be painted')
  const { width, height, bgrx } = painted
  const inked: [number, number][] = []
  for (let at = 0; at < width * height; at++) {
    if (Math.min(...bgrx.subarray(at * 4, at * 4 + 3)) < 225) inked.push([at % width, Math.floor(at / width)])
  }
  const [xs, ys] = [inked.map(([x]) => x), inked.map(([, y]) => y)]
  const bounds = (values: number[]) =>
    values.reduce<[number, number]>(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [1e9, 0])
  const [[left, right], [top, bottom]] = [bounds(xs), bounds(ys)]
  const between = (low: number, high: number, share: number) => Math.round(low + (high - low) * share)
  const corner = (x: number, y: number) => colourName(bgrx, (between(top, bottom, y) * width + between(left, right, x)) * 4)
  return { colours: [corner(0.25, 0.25), corner(0.75, 0.25), corner(0.25, 0.75), corner(0.75, 0.75)], ratio: (right - left) / (bottom - top) }
}

const upright = ['red', 'green', 'blue', 'yellow']

const bmp = (bits: 1 | 8 | 24 | 32, { topDown = false } = {}) => {
  const [width, height] = [300, 200]
  const stride = Math.ceil((width * bits) / 32) * 4
  const palette = bits <= 8 ? 1 << bits : 0
  const from = 54 + palette * 4
  const file = Buffer.alloc(from + stride * height)
  file.write('BM')
  file.writeUInt32LE(file.length, 2)
  file.writeUInt32LE(from, 10)
  file.writeUInt32LE(40, 14)
  file.writeInt32LE(width, 18)
  file.writeInt32LE(topDown ? -height : height, 22)
  file.writeUInt16LE(1, 26)
  file.writeUInt16LE(bits, 28)
  for (const [index, colour] of quarters.entries()) if (index < palette) file.set(colour.toReversed(), 54 + index * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const quarter = (x < width / 2 ? 0 : 1) + (y < height / 2 ? 0 : 2)
      const at = from + (topDown ? y : height - 1 - y) * stride
      if (bits === 1) file[at + (x >> 3)]! |= (quarter & 1) << (7 - (x & 7))
      else if (bits === 8) file[at + x] = quarter
      else file.set(quarters[quarter]!.toReversed(), at + x * (bits / 8))
    }
  }
  return file
}

/** A PNG that says it is larger than it is. */
const bombPng = (side: number) => {
  const chunk = (type: string, body: Buffer) => {
    const framed = Buffer.concat([Buffer.alloc(4), Buffer.from(type), body, Buffer.alloc(4)])
    framed.writeUInt32BE(body.length)
    framed.writeUInt32BE(crc32(framed.subarray(4, 8 + body.length)), 8 + body.length)
    return framed
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side)
  header.writeUInt32BE(side, 4)
  header.set([8, 0], 8)
  const rows = deflateSync(Buffer.alloc(20e6), { level: 9 })
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

describe('pictures', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('with orientation %i stand upright', async (orientation) => {
    const bytes = await stored(orientation)
    const { bytes: pdf, pages, step } = await toPdf(bytes, 'image/jpeg')
    expect({ pages, step }).toEqual({ pages: 1, step: 'converted' })
    const { colours, ratio } = await quartersOn(pdf)
    expect(colours).toEqual(upright)
    expect(ratio).toBeCloseTo(1.5, 1)
    expect(await checkPicture(bytes, 'image/jpeg')).toEqual({ width: 300, height: 200 })
  })

  it.each([
    ['JPEG of four inks', 'image/jpeg', () => picture().toColourspace('cmyk').jpeg().toBuffer()],
    ['PNG of 16 bits', 'image/png', () => picture().toColourspace('rgb16').png().toBuffer()],
    ['PNG with a palette', 'image/png', () => picture().png({ palette: true }).toBuffer()],
    ['WebP', 'image/webp', () => picture().webp({ quality: 95 }).toBuffer()],
    ['GIF', 'image/gif', () => picture().gif().toBuffer()],
    ['TIFF', 'image/tiff', () => picture().tiff({ compression: 'lzw' }).toBuffer()],
    ['BMP of 8 bits', 'image/bmp', async () => bmp(8)],
    ['BMP of 24 bits', 'image/bmp', async () => bmp(24)],
    ['BMP of 32 bits, from the top', 'image/x-ms-bmp', async () => bmp(32, { topDown: true })],
  ])('%s', async (_name, contentType, make) => {
    const bytes = await make()
    const { bytes: pdf } = await toPdf(bytes, contentType)
    expect((await quartersOn(pdf)).colours).toEqual(upright)
    expect(await checkPicture(bytes, contentType)).toEqual({ width: 300, height: 200 })
    expect(Buffer.compare(pdf, (await toPdf(bytes, contentType)).bytes)).toBe(0)
  })

  it('of two colours', async () => {
    expect((await quartersOn((await toPdf(bmp(1), 'image/bmp')).bytes)).colours).toEqual(['red', 'green', 'red', 'green'])
  })

  it('of several pages become several pages, each as it lies', async () => {
    const [one, two] = [await picture(300, 300).png().toBuffer(), await picture(300, 300).rotate(180).png().toBuffer()]
    const tiff = await sharp([one, two], { join: { animated: true } }).tiff().toBuffer()
    const { bytes, pages } = await toPdf(tiff, 'image/tiff')
    expect(pages).toBe(2)
    expect((await quartersOn(bytes, 0)).colours).toEqual(upright)
    expect((await quartersOn(bytes, 1)).colours).toEqual(upright.toReversed())
  })

  it('lie on A4, across when they are wide, and on white where they are transparent', async () => {
    const wide = await describePdf((await toPdf(await picture(900, 300).png().toBuffer(), 'image/png')).bytes)
    const tall = await describePdf((await toPdf(await picture(300, 900).png().toBuffer(), 'image/png')).bytes)
    expect(wide.sizes).toEqual([{ width: 841.89, height: 595.28 }])
    expect(tall.sizes).toEqual([{ width: 595.28, height: 841.89 }])
    const clear = await sharp({ create: { width: 200, height: 200, channels: 4, background: '#00000000' } }).png().toBuffer()
    const painted = await withPdf((await toPdf(clear, 'image/png')).bytes, (open) => open.render(0, 100))
    if (!painted || typeof painted === 'string') throw new Error('not painted')
    expect(painted.bgrx.every((value, at) => at % 4 === 3 || value > 250)).toBe(true)
  })

  it('are refused when they are cut off, wherever that is', async () => {
    const [jpeg, png, tiff] = [await picture().jpeg().toBuffer(), await picture().png().toBuffer(), await picture().tiff().toBuffer()]
    const cut = (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length * 0.6))
    const files = [[jpeg, 'image/jpeg'], [png, 'image/png'], [tiff, 'image/tiff'], [bmp(24), 'image/bmp']] as const
    for (const [bytes, contentType] of files) {
      await expect(toPdf(cut(bytes), contentType)).rejects.toMatchObject({ code: 'too_damaged' })
      await expect(checkPicture(cut(bytes), contentType)).rejects.toMatchObject({ code: 'too_damaged' })
    }
    const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic and nothing more', 'latin1')
    await expect(checkPicture(heic, 'image/heic')).rejects.toMatchObject({ code: 'too_damaged' })
  })

  it('are refused when they are bombs, before they are unpacked', async () => {
    const huge = bmp(24)
    huge.writeInt32LE(2 ** 30, 18)
    for (const [bytes, contentType] of [[bombPng(16_000), 'image/png'], [bombPng(50_000), 'image/png'], [huge, 'image/bmp']] as const) {
      const start = performance.now()
      await expect(toPdf(bytes, contentType)).rejects.toMatchObject({ code: 'too_large' })
      await expect(checkPicture(bytes, contentType)).rejects.toMatchObject({ code: 'too_large' })
      expect(performance.now() - start).toBeLessThan(10_000)
    }
  })

  it('are refused when they are something else as well, or something else altogether', async () => {
    const png = await picture().png().toBuffer()
    const alsoZip = Buffer.concat([png, Buffer.from('PK\x05\x06'), Buffer.alloc(18)])
    await expect(checkPicture(alsoZip, 'image/png')).rejects.toMatchObject({ code: 'polyglot' })
    await expect(checkPicture(png, 'image/jpeg')).rejects.toMatchObject({ code: 'not_a_document' })
    const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')
    await expect(checkPicture(drawing, 'image/svg+xml')).rejects.toMatchObject({ code: 'unsupported' })
    await expect(toPdf(png, 'application/pdf')).rejects.toMatchObject({ code: 'not_a_document' })
    expect((await toPdf(png, 'image/jpeg')).step).toBe('converted')
  })
})
