import { DicomRefused } from './refusal.ts'

/** How pixels are coded. `codec`: by dcmjs-codecs (libjpeg-turbo, CharLS, OpenJPEG, OpenJPH); `refused`: known, but its pixels are not shown. */
export type PixelCoding = 'native' | 'rle' | 'jpeg' | 'jpeg_ls' | 'jpeg_2000' | 'ht_jpeg_2000' | 'refused'

export interface TransferSyntax {
  uid: string
  name: string
  explicit: boolean
  littleEndian: boolean
  deflated: boolean
  coding: PixelCoding
  /** some of the detail of the picture may have been given up */
  lossy: boolean
}

const little = { explicit: true, littleEndian: true, deflated: false, lossy: false }
const lossy = { ...little, lossy: true }

/** PS3.5 chapter 10 and annex A, PS3.6 annex A. A syntax that is not here is refused by its UID. */
export const transferSyntaxes: readonly TransferSyntax[] = [
  { ...little, uid: '1.2.840.10008.1.2', name: 'Implicit VR Little Endian', explicit: false, coding: 'native' },
  { ...little, uid: '1.2.840.10008.1.2.1', name: 'Explicit VR Little Endian', coding: 'native' },
  { ...little, uid: '1.2.840.10008.1.2.1.99', name: 'Deflated Explicit VR Little Endian', deflated: true, coding: 'native' },
  { ...little, uid: '1.2.840.10008.1.2.2', name: 'Explicit VR Big Endian', littleEndian: false, coding: 'native' },
  { ...little, uid: '1.2.840.10008.1.2.5', name: 'RLE Lossless', coding: 'rle' },
  { ...lossy, uid: '1.2.840.10008.1.2.4.50', name: 'JPEG Baseline (Process 1)', coding: 'jpeg' },
  { ...lossy, uid: '1.2.840.10008.1.2.4.51', name: 'JPEG Extended (Processes 2 and 4)', coding: 'jpeg' },
  { ...little, uid: '1.2.840.10008.1.2.4.57', name: 'JPEG Lossless (Process 14)', coding: 'jpeg' },
  { ...little, uid: '1.2.840.10008.1.2.4.70', name: 'JPEG Lossless, First-Order Prediction', coding: 'jpeg' },
  { ...little, uid: '1.2.840.10008.1.2.4.80', name: 'JPEG-LS Lossless', coding: 'jpeg_ls' },
  { ...lossy, uid: '1.2.840.10008.1.2.4.81', name: 'JPEG-LS Near-Lossless', coding: 'jpeg_ls' },
  { ...little, uid: '1.2.840.10008.1.2.4.90', name: 'JPEG 2000 Lossless', coding: 'jpeg_2000' },
  { ...lossy, uid: '1.2.840.10008.1.2.4.91', name: 'JPEG 2000', coding: 'jpeg_2000' },
  { ...little, uid: '1.2.840.10008.1.2.4.201', name: 'High-Throughput JPEG 2000 Lossless', coding: 'ht_jpeg_2000' },
  { ...little, uid: '1.2.840.10008.1.2.4.202', name: 'High-Throughput JPEG 2000 with RPCL, Lossless', coding: 'ht_jpeg_2000' },
  { ...lossy, uid: '1.2.840.10008.1.2.4.203', name: 'High-Throughput JPEG 2000', coding: 'ht_jpeg_2000' },
  { ...little, uid: '1.2.840.10008.1.2.4.92', name: 'JPEG 2000 Part 2 Multi-component Lossless', coding: 'refused' },
  { ...lossy, uid: '1.2.840.10008.1.2.4.93', name: 'JPEG 2000 Part 2 Multi-component', coding: 'refused' },
  { ...lossy, uid: '1.2.840.10008.1.2.4.94', name: 'JPIP Referenced', coding: 'refused' },
  { ...lossy, uid: '1.2.840.10008.1.2.4.95', name: 'JPIP Referenced Deflate', deflated: true, coding: 'refused' },
  { ...lossy, uid: '1.2.840.10008.1.2.4.100', name: 'MPEG-2 Main Profile, Main Level', coding: 'refused' },
  { ...lossy, uid: '1.2.840.10008.1.2.4.101', name: 'MPEG-2 Main Profile, High Level', coding: 'refused' },
  { ...lossy, uid: '1.2.840.10008.1.2.4.102', name: 'MPEG-4 AVC/H.264 High Profile', coding: 'refused' },
  { ...lossy, uid: '1.2.840.10008.1.2.4.103', name: 'MPEG-4 AVC/H.264 BD-compatible', coding: 'refused' },
  { ...lossy, uid: '1.2.840.10008.1.2.4.107', name: 'HEVC/H.265 Main Profile', coding: 'refused' },
  { ...lossy, uid: '1.2.840.10008.1.2.4.108', name: 'HEVC/H.265 Main 10 Profile', coding: 'refused' },
  { ...little, uid: '1.2.840.10008.1.2.4.110', name: 'JPEG XL Lossless', coding: 'refused' },
  { ...lossy, uid: '1.2.840.10008.1.2.4.111', name: 'JPEG XL JPEG Recompression', coding: 'refused' },
  { ...lossy, uid: '1.2.840.10008.1.2.4.112', name: 'JPEG XL', coding: 'refused' },
]

const byUid = new Map(transferSyntaxes.map((syntax) => [syntax.uid, syntax]))

/** Throws `unsupported_syntax` for one that is not in the table: its data set could be laid out in any way. */
export const transferSyntax = (uid: string): TransferSyntax => {
  const syntax = byUid.get(uid)
  if (!syntax) throw new DicomRefused('unsupported_syntax', `The transfer syntax ${uid.slice(0, 64)} is not known.`)
  return syntax
}
