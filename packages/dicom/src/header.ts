import { guessesCharset } from './charset.ts'
import { hasPixels, pixelFormat } from './pixel-format.ts'
import type { PixelFormat } from './pixel-format.ts'
import { itemsOf, decimalOf, decimalsOf, textOf, textsOf } from './values.ts'
import type { Dataset } from './parse-dataset.ts'
import { personName } from './person-name.ts'
import type { PersonName } from './person-name.ts'
import { readFile } from './read-file.ts'
import type { DicomNote, ReadOptions } from './read-file.ts'
import type { TransferSyntax } from './transfer-syntaxes.ts'

/**
 * Millimetres between pixels. calibrated: at the patient, so said by the file. detector: at the detector, where things look larger than they are.
 * scanned: of the film. unspecified: the file does not say which.
 */
export interface Spacing { row: number; column: number; at: 'calibrated' | 'detector' | 'scanned' | 'unspecified' }
export interface DisplayWindow { center: number; width: number; name: string; shape: 'linear' | 'linear_exact' | 'sigmoid' }
export interface CodedTerm { code: string; scheme: string; meaning: string }
export type ImageKind = 'intra_oral' | 'panoramic' | 'cephalometric' | 'x_ray' | 'ct' | 'photo' | 'other'

export interface DicomHeader {
  patient: { name: PersonName | null; id: string | null; birthDate: string | null; sex: 'male' | 'female' | 'other' | null }
  studyUid: string | null
  seriesUid: string | null
  sopInstanceUid: string | null
  sopClassUid: string | null
  modality: string | null
  kind: ImageKind
  /** local time of the clinic, `2026-03-04T05:06:07`, or the day alone */
  takenAt: string | null
  description: string | null
  instanceNumber: string | null
  /** null where there are no pixels */
  pixels: PixelFormat | null
  spacing: Spacing | null
  windows: DisplayWindow[]
  laterality: 'left' | 'right' | 'both' | null
  bodyPart: string | null
  regions: CodedTerm[]
  /** two digits of ISO 3950: 11 to 48, 51 to 85 */
  teeth: string[]
  device: string | null
  transferSyntax: TransferSyntax
  notes: DicomNote[]
}

/** What a file says about itself, its pixels unread. Throws `DicomRefused`. */
export const readHeader = (bytes: Uint8Array, options: ReadOptions = {}): DicomHeader => {
  const { dataset, syntax, notes } = readFile(bytes, options)
  return headerOf(dataset, syntax, notes)
}

export const headerOf = (dataset: Dataset, transferSyntax: TransferSyntax, notes: DicomNote[]): DicomHeader => {
  const charsets = textsOf(dataset, 0x0008_0005)
  const text = (tag: number) => textOf(dataset, tag, charsets)
  const name = text(0x0010_0010)
  const beyondAscii = /[^\u0020-\u007e]/.test(name ?? '') && guessesCharset(charsets)
  const sopClassUid = uid(dataset, 0x0008_0016)
  const modality = textOf(dataset, 0x0008_0060)?.toUpperCase().slice(0, 16) ?? null
  const regions = codes(dataset, 0x0008_2218, charsets)
  const structures = codes(dataset, 0x0008_2228, charsets)
  const description = [text(0x0008_103e), text(0x0020_4000), text(0x0008_1030)].find(Boolean) ?? null
  return {
    patient: {
      name: name === null ? null : personName(name), id: text(0x0010_0020), birthDate: day(textOf(dataset, 0x0010_0030)),
      sex: ({ M: 'male', F: 'female', O: 'other' } as const)[textOf(dataset, 0x0010_0040) ?? ''] ?? null,
    },
    studyUid: uid(dataset, 0x0020_000d), seriesUid: uid(dataset, 0x0020_000e), sopInstanceUid: uid(dataset, 0x0008_0018), sopClassUid,
    modality, kind: kindOf(sopClassUid, modality, dataset), takenAt: takenAt(dataset), description, instanceNumber: textOf(dataset, 0x0020_0013),
    pixels: hasPixels(dataset) ? pixelFormat(dataset) : null, spacing: spacingOf(dataset), windows: windowsOf(dataset),
    laterality: ({ L: 'left', R: 'right', B: 'both' } as const)[textOf(dataset, 0x0020_0062) ?? textOf(dataset, 0x0020_0060) ?? ''] ?? null,
    bodyPart: textOf(dataset, 0x0018_0015), regions: [...regions, ...structures], teeth: teethOf([...regions, ...structures]),
    device: [text(0x0008_0070), text(0x0008_1090)].filter(Boolean).join(' ') || null,
    transferSyntax, notes: beyondAscii ? [...notes, 'charset_guessed'] : notes,
  }
}

const uid = (dataset: Dataset, tag: number): string | null => {
  const text = textOf(dataset, tag)
  return text && /^[0-9.]{1,64}$/.test(text) ? text : null
}

/** 20260304, or 2026.03.04 of old standards, as 2026-03-04; a day that never was is null. */
const day = (text: string | null): string | null => {
  const [, year, month, date] = /^(\d{4})\.?(\d\d)\.?(\d\d)$/.exec(text ?? '') ?? []
  if (!year || !month || !date) return null
  const iso = `${year}-${month}-${date}`
  const at = new Date(`${iso}T00:00:00Z`)
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== iso || Number(year) < 1800 ? null : iso
}

const clock = (text: string | null): string | null => {
  const [, hours = '', minutes = '00', seconds = '00'] = /^(\d\d):?(\d\d)?:?(\d\d)?/.exec(text ?? '') ?? []
  return hours !== '' && Number(hours) < 24 && Number(minutes) < 60 && Number(seconds) < 61 ? `${hours}:${minutes}:${seconds === '60' ? '59' : seconds}` : null
}

/** Acquisition, else content, else series, else study. */
const takenAt = (dataset: Dataset): string | null => {
  const [, date, time] = /^(\d{8})(\d{0,6})/.exec(textOf(dataset, 0x0008_002a) ?? '') ?? []
  const pairs = [[date, time], ...[[0x0008_0022, 0x0008_0032], [0x0008_0023, 0x0008_0033], [0x0008_0021, 0x0008_0031], [0x0008_0020, 0x0008_0030]]
    .map(([on = 0, at = 0]) => [textOf(dataset, on), textOf(dataset, at)])]
  for (const [on, at] of pairs) {
    const found = day(on ?? null)
    if (found) return [found, clock(at ?? null)].filter(Boolean).join('T')
  }
  return null
}

const intraOral = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.1\.3(\.1)?$/
const digitalXRay = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.1(\.[12](\.1)?)?$/

/** By modality, which tells panoramic from other X-rays of one class; else by class. */
const kindOf = (sopClass: string | null, modality: string | null, dataset: Dataset): ImageKind => {
  if (modality === 'IO' || intraOral.test(sopClass ?? '')) return modality === 'XC' ? 'photo' : 'intra_oral'
  if (modality === 'PX') return 'panoramic'
  if (modality === 'CT' || /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.2(\.1)?$/.test(sopClass ?? '')) return 'ct'
  if (modality === 'XC' || modality === 'ES' || modality === 'GM') return 'photo'
  if (modality && ['DX', 'CR', 'RG', 'DR', 'XA'].includes(modality)) {
    const said = [textOf(dataset, 0x0008_103e), textOf(dataset, 0x0018_1400), textOf(dataset, 0x0018_0015)].join(' ').toLowerCase()
    return /ceph/.test(said) ? 'cephalometric' : /panoram|opg|orthopan/.test(said) ? 'panoramic' : 'x_ray'
  }
  return digitalXRay.test(sopClass ?? '') ? 'x_ray' : 'other'
}

const codes = (dataset: Dataset, tag: number, charsets: readonly string[]): CodedTerm[] => itemsOf(dataset, tag).slice(0, 64).flatMap((entry) => {
  const code = textOf(entry, 0x0008_0100)
  return code ? [{ code, scheme: textOf(entry, 0x0008_0102) ?? '', meaning: textOf(entry, 0x0008_0104, charsets) ?? '' }] : []
})

const isTooth = (code: string): boolean => /^([1-4][1-8]|[5-8][1-5])$/.test(code)

/** Teeth by ISO 3950, the one scheme whose codes are what dentists say; others are shown by their meaning. */
const teethOf = (terms: readonly CodedTerm[]): string[] =>
  [...new Set(terms.filter(({ scheme, code }) => /^(ISO ?3950|FDI)/i.test(scheme) && isTooth(code)).map(({ code }) => code))].sort()

/** The shared functional groups, where an enhanced object keeps what is one for all frames; else those of its first frame. */
const groups = (dataset: Dataset): readonly Dataset[] => [...itemsOf(dataset, 0x5200_9229), ...itemsOf(dataset, 0x5200_9230).slice(0, 1)]
export const inGroups = (dataset: Dataset, sequence: number): Dataset[] => [dataset, ...groups(dataset).flatMap((group) => itemsOf(group, sequence).slice(0, 1))]

const pair = (dataset: Dataset, tag: number): [number, number] | null => {
  const [row, column = row] = decimalsOf(dataset, tag)
  return row !== undefined && column !== undefined && row > 0 && column > 0 && row < 1000 && column < 1000 ? [row, column] : null
}

const spacingOf = (dataset: Dataset): Spacing | null => {
  const measures = inGroups(dataset, 0x0028_9110)
  const found = measures.map((group) => pair(group, 0x0028_0030)).find((spacing) => spacing !== null) ?? null
  const detector = pair(dataset, 0x0018_1164)
  const projection = !['CT', 'MR', 'PT', 'NM'].includes(textOf(dataset, 0x0008_0060) ?? '')
  if (found) {
    const [row, column] = found
    if (!projection || /^(FIDUCIAL|GEOMETRY)$/.test(textOf(dataset, 0x0028_0a02) ?? '')) return { row, column, at: 'calibrated' }
    if (!detector) return { row, column, at: 'unspecified' }
    // PS3.3 10.7.1.3: where both are there and differ, Pixel Spacing was corrected to what is in the patient.
    const same = Math.abs(detector[0] - row) < 1e-4 && Math.abs(detector[1] - column) < 1e-4
    return { row, column, at: same ? 'detector' : 'calibrated' }
  }
  if (detector) return { row: detector[0], column: detector[1], at: 'detector' }
  const scanned = pair(dataset, 0x0018_2010)
  return scanned && { row: scanned[0], column: scanned[1], at: 'scanned' }
}

/** VOI windows that the file suggests, the first being its own choice. */
export const windowsOf = (dataset: Dataset): DisplayWindow[] => inGroups(dataset, 0x0028_9132).flatMap((group) => {
  const [centers, widths, names] = [decimalsOf(group, 0x0028_1050), decimalsOf(group, 0x0028_1051), textsOf(group, 0x0028_1055)]
  const said = textOf(group, 0x0028_1056)
  const shape = said === 'SIGMOID' ? 'sigmoid' : said === 'LINEAR_EXACT' ? 'linear_exact' : 'linear'
  return centers.slice(0, 16).flatMap((center, at) => {
    const width = widths[at]
    return width !== undefined && width >= (shape === 'linear' ? 1 : Number.MIN_VALUE) ? [{ center, width, name: names[at] ?? '', shape } as const] : []
  })
})

/** Rescale slope and intercept, in the file or its functional groups. */
export const rescaleOf = (dataset: Dataset): { slope: number; intercept: number } => {
  for (const group of inGroups(dataset, 0x0028_9145)) {
    const slope = decimalOf(group, 0x0028_1053)
    if (slope !== null && slope !== 0) return { slope, intercept: decimalOf(group, 0x0028_1052) ?? 0 }
  }
  return { slope: 1, intercept: 0 }
}
