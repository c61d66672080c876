import { hash } from 'node:crypto'
import type { CardAnswer } from '../resolve/resolve-cards.ts'
import type { CardOwner, ImageRow, PatientRow } from '../source/source.ts'
import type { SetAside } from './reasons.ts'

/** What Sidexis and the lab say about a file: its patient's rows, its image's row, who has the cards, what the lab answered. */
export interface Records {
  patients: PatientRow[]
  image: ImageRow | null
  owners: CardOwner[]
  answers: Map<string, CardAnswer>
}

export interface Addressee {
  patientGuid: string
  cards: string[]
  name: string | null
}

export const cardsOf = (patients: readonly PatientRow[]): string[] =>
  [...new Set(patients.flatMap(({ cardId, isDeleted }) => (cardId === null || isDeleted ? [] : [cardId])))].sort()

/** Whose image it is by the records alone, or why it is set aside. */
export function judgeRecords(patientId: number, { patients, image, owners, answers }: Records): Addressee | SetAside {
  if (patients.length === 0) return { reason: 'no_patient', detail: `patient ${patientId}` }
  if (patients.every(({ isDeleted }) => isDeleted)) return { reason: 'patient_deleted', detail: `patient ${patientId}` }
  const wrong = imageFault(patientId, image)
  if (wrong) return wrong
  const cards = cardsOf(patients)
  if (cards.length === 0) return { reason: 'no_card', detail: `patient ${patientId}` }
  const other = owners.find((owner) => cards.includes(owner.cardId) && owner.patientId !== patientId)
  if (other) return { reason: 'card_shared', detail: `card ${other.cardId} is also of patient ${other.patientId}` }
  return judgeAnswers(cards, answers, image)
}

function judgeAnswers(cards: string[], answers: Records['answers'], image: ImageRow | null): Addressee | SetAside {
  const ambiguous = cards.find((card) => answers.get(card)?.answer === 'ambiguous')
  if (ambiguous !== undefined) return { reason: 'ambiguous', detail: `card ${ambiguous}` }
  const guids = new Set(cards.flatMap((card) => {
    const answer = answers.get(card)
    return answer?.answer === 'patient' ? [answer.guid] : []
  }))
  const [patientGuid] = guids
  if (!patientGuid) return { reason: 'unresolved', detail: `card ${cards.join(', ')}` }
  return guids.size > 1 ? { reason: 'cards_disagree', detail: `cards ${cards.join(', ')}` } : { patientGuid, cards, name: image?.name ?? null }
}

function imageFault(patientId: number, image: ImageRow | null): SetAside | null {
  if (!image) return { reason: 'no_image_row', detail: '' }
  if (image.patientId !== null && image.patientId !== patientId) return { reason: 'image_of_another', detail: `Sidexis: patient ${image.patientId}` }
  if (image.isDeleted) return { reason: 'image_deleted', detail: '' }
  if (image.isHidden) return { reason: 'image_hidden', detail: '' }
  return image.isOutsourced ? { reason: 'image_outsourced', detail: '' } : null
}

/** Changes when anything changed that a judgement stands on. */
export const basisOf = ({ patients, image, owners, answers }: Records): string =>
  hash('sha256', JSON.stringify([patients, image, owners, [...answers].filter(([card]) => cardsOf(patients).includes(card))])).slice(0, 16)
