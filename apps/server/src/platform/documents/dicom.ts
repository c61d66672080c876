import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { DicomRefused, grayPixels, listTags, readHeader, renderFrame, suggested } from '@aliquot/dicom'
import type { DicomHeader, DicomRefusalCode, GrayPixels, RenderedFrame, TagLine } from '@aliquot/dicom'
import sharp from 'sharp'

/** What a DICOM file is, as the child tells it; copies travel in one file, one behind the other. */
export type DicomAnswers =
  | { refused: { code: DicomRefusalCode; says: string } }
  | { refused: null; header: DicomHeader; tags: TagLine[]; sizes: DicomSizes }
export interface DicomSizes { thumbnail: number; picture: number; view: number }

const thumbnailEdge = 360
const pack = promisify(gzip)

/** Header, elements, and what screens show: a thumbnail, the picture as the file suggests it, and for gray images the values themselves. */
export const readDicom = async (bytes: Uint8Array): Promise<{ answers: DicomAnswers; file: Uint8Array | null }> => {
  try {
    const header = readHeader(bytes)
    if (!header.pixels) throw new DicomRefused('no_pixels', 'The file has no image.')
    const gray = header.pixels.photometric.startsWith('MONOCHROME') ? await grayPixels(bytes) : null
    const frame = await renderFrame(bytes)
    const [thumbnail, picture, view] = [await small(frame), await whole(frame), gray ? await viewOf(gray) : Buffer.alloc(0)]
    const answers = { refused: null, header, tags: await listTags(bytes), sizes: { thumbnail: thumbnail.length, picture: picture.length, view: view.length } }
    return { answers, file: Buffer.concat([thumbnail, picture, view]) }
  } catch (error) {
    if (error instanceof DicomRefused) return { answers: { refused: { code: error.code, says: error.message } }, file: null }
    throw error
  }
}

const imageOf = ({ width, height, channels, data }: RenderedFrame) => sharp(data, { raw: { width, height, channels } })
const small = (frame: RenderedFrame) => imageOf(frame).resize(thumbnailEdge, thumbnailEdge, { fit: 'inside', withoutEnlargement: true }).webp({ quality: 82 }).toBuffer()
/** WebP has no larger edge than 16,383 pixels. */
const whole = (frame: RenderedFrame) =>
  imageOf(frame).resize(8000, 8000, { fit: 'inside', withoutEnlargement: true }).webp({ quality: 92, effort: 2 }).toBuffer()

/**
 * The values of a gray image for a viewer, gzipped: the length of the header (32 bits, little-endian), the header (JSON, padded to an even length),
 * then the values of 16 bits, little-endian, row by row.
 */
const viewOf = async ({ values, ...meaning }: GrayPixels): Promise<Buffer> => {
  const text = JSON.stringify({ ...meaning, signed: values instanceof Int16Array, suggested: suggested({ ...meaning }) })
  const header = Buffer.from(text + ' '.repeat(Buffer.byteLength(text) % 2))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(header.length)
  return pack(Buffer.concat([length, header, Buffer.from(values.buffer, values.byteOffset, values.byteLength)]), { level: 4 })
}
