import { DicomRefused, readHeader, type DicomHeader } from '@aliquot/dicom'
import type { PatientRow } from '../source/source.ts'
import type { SetAside } from './reasons.ts'
import { mayBeSame } from './same-name.ts'

/** What a file says of its patient, or why it says nothing. */
export function readIdentity(bytes: Uint8Array, partial: boolean): DicomHeader['patient'] | SetAside {
  try {
    const { patient, pixels } = readHeader(bytes, { partial })
    return pixels === null && !partial ? { reason: 'no_pixels', detail: '' } : patient
  } catch (error) {
    if (!(error instanceof DicomRefused)) throw error
    const reason = error.code === 'not_dicom' || error.code === 'too_large' ? error.code : 'damaged'
    return { reason, detail: error.message }
  }
}

/**
 * Whether the file may be this patient's, by name, birth date and card; null where nothing speaks against it and something speaks for it.
 * `isAnothers`: whether a card belongs to another patient of the practice.
 */
export async function contradiction(
  inside: DicomHeader['patient'], rows: readonly PatientRow[], cards: readonly string[], isAnothers: (card: string) => Promise<boolean>,
): Promise<SetAside | null> {
  const wrong = otherPerson(inside, rows)
  if (wrong) return wrong
  const card = inside.id?.trim() ?? ''
  const isOwn = cards.includes(card) || rows.some(({ patientId }) => card === String(patientId))
  if (isOwn) return null
  if (card !== '' && await isAnothers(card)) return { reason: 'card_of_another', detail: `the file: ${card}; Sidexis: ${cards.join(', ')}` }
  const isNamed = inside.name !== null && rows.some(({ lastName }) => lastName !== '')
  const isDated = inside.birthDate !== null && rows.some(({ birthDate }) => birthDate !== null)
  return isNamed || isDated ? null : { reason: 'no_identity', detail: card === '' ? '' : `the file has only the id ${card}` }
}

function otherPerson({ name, birthDate }: DicomHeader['patient'], rows: readonly PatientRow[]): SetAside | null {
  const named = rows.filter(({ lastName }) => lastName !== '')
  if (name && named.length > 0 && !named.some((row) => mayBeSame(name, row))) {
    return { reason: 'name_differs', detail: `the file: ${name.text}; Sidexis: ${named.map(nameOf).join(', ')}` }
  }
  const dates = rows.flatMap((row) => (row.birthDate === null ? [] : [row.birthDate]))
  if (!birthDate || dates.length === 0 || dates.includes(birthDate)) return null
  return { reason: 'birth_date_differs', detail: `the file: ${birthDate}; Sidexis: ${dates.join(', ')}` }
}

const nameOf = ({ firstName, lastName }: PatientRow): string => `${firstName} ${lastName}`.trim()
