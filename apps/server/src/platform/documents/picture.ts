import { PDFDocument } from '@cantoo/pdf-lib'
import sharp from 'sharp'
import type { Sharp } from 'sharp'
import { decodeBmp } from './bmp.ts'
import type { Raw } from './bmp.ts'
import { limits } from './limits.ts'
import { DocumentRefused } from './refusal.ts'
import type { PictureKind } from './sniff.ts'

sharp.concurrency(1)
sharp.cache(false)

/** A4 in points; the free edge that every printer leaves; pixels of A4 at 300 dots an inch. */
const [short, long, edge] = [595.28, 841.89, 18]
const [shortPixels, longPixels] = [2480, 3508]
/** of all pages together: a scanned folder, not a bomb */
const allPixels = 4 * limits.pixels

/** One opener for each page of the picture. */
const open = async (bytes: Uint8Array, kind: PictureKind): Promise<(() => Sharp)[]> => {
  if (kind === 'bmp' || kind === 'heic') {
    const raw = kind === 'bmp' ? decodeBmp(bytes) : await decodeHeic(bytes)
    return [() => sharp(raw.pixels, { raw: { width: raw.width, height: raw.height, channels: raw.channels } })]
  }
  const options = { failOn: 'error', limitInputPixels: limits.pixels } as const
  const { pages = 1, width, height } = await sharp(bytes, options).metadata()
  if (width * height > limits.pixels) throw new DocumentRefused('too_large')
  if (kind !== 'tiff') return [() => sharp(bytes, options)]
  if (pages > limits.picturePages) throw new DocumentRefused('too_many_pages')
  return Array.from({ length: pages }, (_, page) => () => sharp(bytes, { ...options, page }))
}

const decodeHeic = async (bytes: Uint8Array): Promise<Raw> => {
  const { default: heic } = await import('heic-decode')
  const pictures = await heic.all({ buffer: bytes })
  try {
    const first = pictures[0]
    if (!first) throw new DocumentRefused('too_damaged')
    if (first.width * first.height > limits.pixels) throw new DocumentRefused('too_large')
    const { width, height, data } = await first.decode()
    return { width, height, channels: 4, pixels: new Uint8Array(data.buffer, data.byteOffset, data.length) }
  } finally {
    pictures.dispose()
  }
}

const refusing = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof DocumentRefused) throw error
    const { message } = error as Error
    throw new DocumentRefused(/pixel limit/i.test(message) ? 'too_large' : 'too_damaged', message)
  }
}

/** Decodes every pixel and keeps none; the size is as seen, its orientation applied. */
export const measurePicture = (bytes: Uint8Array, kind: PictureKind): Promise<{ width: number; height: number }> => refusing(async () => {
  const pages = await open(bytes, kind)
  const sizes: { width: number; height: number }[] = []
  for (const page of pages) {
    const { autoOrient } = await page().metadata()
    sizes.push(autoOrient)
    refuseTooMany(sizes)
    await page().resize(8, 8, { fit: 'fill', fastShrinkOnLoad: false }).raw().toBuffer()
  }
  return sizes[0] ?? { width: 0, height: 0 }
})

const refuseTooMany = (sizes: readonly { width: number; height: number }[]): void => {
  if (sizes.reduce((sum, { width, height }) => sum + width * height, 0) > allPixels) throw new DocumentRefused('too_large')
}

/** Every page of the picture upright on a page of A4, as large as fits and no coarser than 72 dots an inch. */
export const pictureToPdf = (bytes: Uint8Array, kind: PictureKind): Promise<{ bytes: Uint8Array; pages: number }> => refusing(async () => {
  const pdf = await PDFDocument.create({ updateMetadata: false })
  const sizes: { width: number; height: number }[] = []
  for (const page of await open(bytes, kind)) {
    const { autoOrient } = await page().metadata()
    sizes.push(autoOrient)
    refuseTooMany(sizes)
    const wide = autoOrient.width > autoOrient.height
    const { data, info } = await page().autoOrient().flatten({ background: '#ffffff' }).toColourspace('srgb')
      .resize(wide ? longPixels : shortPixels, wide ? shortPixels : longPixels, { fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 85, chromaSubsampling: '4:4:4' }).toBuffer({ resolveWithObject: true })
    const paper = wide ? { width: long, height: short } : { width: short, height: long }
    const scale = Math.min((paper.width - 2 * edge) / info.width, (paper.height - 2 * edge) / info.height, 1)
    const [width, height] = [info.width * scale, info.height * scale]
    pdf.addPage([paper.width, paper.height])
      .drawImage(await pdf.embedJpg(data), { x: (paper.width - width) / 2, y: (paper.height - height) / 2, width, height })
  }
  return { bytes: await pdf.save({ useObjectStreams: false, addDefaultPage: false, updateFieldAppearances: false }), pages: sizes.length }
})
