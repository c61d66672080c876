import { writeDicom, type WrittenElement } from '@aliquot/dicom'
import { createHash, hash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface MadePatient { id: number; card: string | null; last: string; first: string; born: string | null; deleted?: boolean }
export interface MadeImage {
  id: number
  /** whose folder it lies in */
  of: number
  /** as mediabase has it; undefined: the same */
  owner?: number | null
  name?: string
  deleted?: boolean
  hidden?: boolean
  outsourced?: string
  /** no row in mediabase */
  unlisted?: boolean
  /** what lies in the file; undefined: an X-ray of the folder's patient */
  bytes?: Uint8Array
}

/** The same card has the same GUID in every run. */
export const guidOf = (card: string): string => hash('sha256', `guid of ${card}`).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')

export interface Identity { name?: string; born?: string | null; id?: string }

/** An intra-oral X-ray of a person, `side` pixels square, whose pixels `seed` decides. */
export function xRayOf({ name, born, id }: Identity, seed: string, side = 16): Uint8Array {
  const pixels = new Uint8Array(side * side * 2)
  const pattern = createHash('sha512').update(seed).digest()
  for (let at = 0; at < pixels.length; at++) pixels[at] = at % 2 === 1 ? (pattern[(at >> 1) % 64] ?? 0) & 0x0f : (pattern[at % 61] ?? 0) ^ (at & 0xff)
  const elements: WrittenElement[] = [
    [0x0008_0005, 'CS', 'ISO_IR 192'], [0x0008_0016, 'UI', '1.2.840.10008.5.1.4.1.1.1.3'],
      [0x0008_0018, 'UI', `1.2.3.${BigInt(`0x${hash('sha256', seed).slice(0, 16)}`)}`],
    [0x0008_0060, 'CS', 'IO'], [0x0028_0002, 'US', [1]], [0x0028_0004, 'CS', 'MONOCHROME2'], [0x0028_0010, 'US', [side]], [0x0028_0011, 'US', [side]],
    [0x0028_0100, 'US', [16]], [0x0028_0101, 'US', [12]], [0x0028_0102, 'US', [11]], [0x0028_0103, 'US', [0]], [0x7fe0_0010, 'OW', pixels],
  ]
  if (name !== undefined) elements.push([0x0010_0010, 'PN', name])
  if (id !== undefined) elements.push([0x0010_0020, 'LO', id])
  if (born) elements.push([0x0010_0030, 'DA', born.replaceAll('-', '')])
  return writeDicom({ elements })
}

export const fileOf = (image: Pick<MadeImage, 'id' | 'of'>): string => `P_${String(image.of).padStart(7, '0')}/0000_${image.id}.dcm`

/** A practice in a folder: pdata with these images, and the two exports. */
export async function makePractice(folder: string, patients: readonly MadePatient[],
  images: readonly MadeImage[]): Promise<{ pdata: string; patientsCsv: string; mediabaseCsv: string }> {
  const pdata = join(folder, 'pdata')
  await mkdir(pdata, { recursive: true })
  for (const image of images) {
    const patient = patients.find(({ id }) => id === image.of)
    const bytes = image.bytes ?? xRayOf({ name: `${patient?.last ?? 'Nobody'}^${patient?.first ?? 'N'}`, born: patient?.born ?? null,
      id: patient?.card ?? '' }, `image ${image.id}`)
    await mkdir(join(pdata, `P_${String(image.of).padStart(7, '0')}`), { recursive: true })
    await writeFile(join(pdata, fileOf(image)), bytes)
  }
  return { pdata, ...await writeExports(folder, patients, images) }
}

export async function writeExports(folder: string, patients: readonly MadePatient[],
  images: readonly MadeImage[]): Promise<{ patientsCsv: string; mediabaseCsv: string }> {
  const [patientsCsv, mediabaseCsv] = [join(folder, 'Patient.csv'), join(folder, 'MediaBase.csv')]
  const lines = (rows: (string | number | null)[][]) => rows.map((row) =>
    row.map((cell) => (cell === null ? '' : `"${String(cell).replaceAll('"', '""')}"`)).join(';')).join('\r\n')
  await writeFile(patientsCsv, `\ufeff${lines([['PatientId', 'CardId', 'LastName', 'FirstName', 'Birthday', 'IsDeleted', 'Sex'],
    ...patients.map((row) => [row.id, row.card, row.last, row.first, row.born && `${row.born} 00:00:00.000`, row.deleted ? 1 : 0, 'F'])])}`)
  await writeFile(mediabaseCsv, lines([['MediaBaseId', 'PatientId', 'Name', 'IsDeleted', 'IsHidden', 'OutsourcedFile'],
    ...images.filter(({ unlisted }) => !unlisted).map((row) =>
    [row.id, row.owner === undefined ? row.of : row.owner, row.name ?? `Image ${row.id}`, row.deleted ? 1 : 0, row.hidden ? 1 : 0, row.outsourced
      ?? null])]))
  return { patientsCsv, mediabaseCsv }
}
