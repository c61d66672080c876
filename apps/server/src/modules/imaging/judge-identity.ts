import type { SetAsideReason } from '@aliquot/contracts'
import type { DicomHeader } from '@aliquot/dicom'

export interface Known {
  fullName: string
  birthDate: string
  birthDateEstimated: boolean
  /** the cards of this patient, and of others only, at the clinic that sent the image */
  cards: { own: readonly string[]; others: readonly string[] }
}
export interface Verdict { reason: SetAsideReason; detail: string }

/**
 * Whether a header contradicts the patient that the image was sent for; null where it bears it out. A birth date that differs, or names without enough
 * in common, set it aside; so does a header from which nothing can be told.
 */
export const judgeIdentity = ({ name, id, birthDate }: DicomHeader['patient'], known: Known): Verdict | null => {
  const born = birthDate === null || known.birthDateEstimated ? null : birthDate === known.birthDate
  if (born === false) return { reason: 'birth_date_differs', detail: `The image says ${birthDate}, the patient was born ${known.birthDate}.` }
  const named = name === null ? null : sameName([name.text, name.ideographic, name.phonetic].join(' '), known.fullName, born === true)
  if (named === false) return { reason: 'name_differs', detail: `The image says ${name?.text ?? ''}, the patient is ${known.fullName}.` }
  if (born || named) return null
  if (id !== null && known.cards.own.includes(id)) return null
  if (id !== null && known.cards.others.includes(id)) return { reason: 'card_of_another', detail: `The image says card ${id}, which is another patient's.` }
  return { reason: 'no_identity', detail: 'The image names nobody: neither a name nor a birth date.' }
}

/** Names as they are compared: no accents, no case, ü as u or ue alike. */
const wordsOf = (name: string): string[] => [...new Set(
  name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss').replaceAll('ø', 'o').replaceAll('ł', 'l').replaceAll('đ', 'd')
    .replace(/æ|œ/g, (letter) => (letter === 'æ' ? 'a' : 'o')).replace(/([aou])e/g, '$1').split(/[^\p{L}\p{N}]+/u).filter(Boolean),
)]

/**
 * null where they cannot be compared: written in different scripts. Otherwise all words of the shorter name are in the longer one, an initial standing
 * for its word; two words in common are enough where the birth date bears them out.
 */
const sameName = (theirs: string, ours: string, borneOut: boolean): boolean | null => {
  if (isLatin(theirs) !== isLatin(ours)) return null
  const [shorter, longer] = [wordsOf(theirs), wordsOf(ours)].sort((a, b) => a.length - b.length)
  if (!shorter || !longer || shorter.length === 0) return null
  const found = shorter.filter((word) => longer.some((other) => other === word || initial(word, other) || initial(other, word)))
  const whole = found.some((word) => word.length > 1 && longer.includes(word))
  return whole && (found.length === shorter.length || (borneOut && found.length >= 2))
}

const initial = (short: string, long: string): boolean => short.length === 1 && long.startsWith(short)
const isLatin = (text: string): boolean => /\p{Script=Latin}/u.test(text)
