import { Hl7Error } from './hl7-error.ts'

/** The characters that a message declares in MSH-1 and MSH-2. '' stands for one that it does not declare and so cannot use. */
export interface Separators {
  field: string
  component: string
  repetition: string
  escape: string
  subcomponent: string
  /** since HL7 2.7 */
  truncation: string
}

/** `|^~\&`, for messages of our own. */
export const standardSeparators: Separators = { field: '|', component: '^', repetition: '~', escape: '\\', subcomponent: '&', truncation: '' }

/** Splits nothing and unescapes nothing: MSH-1 and MSH-2 are read with it. */
export const noSeparators: Separators = { field: '', component: '', repetition: '', escape: '', subcomponent: '', truncation: '' }

// ASCII punctuation; the quotation mark is left out, since "" is the HL7 null.
const separator = /^[!#-/:-@[-`{-~]$/

/** Reads the separators of a header segment (MSH, FHS, BHS), given as its text. Throws Hl7Error 'bad_separators'. */
export const readSeparators = (header: string): Separators => {
  const field = header.charAt(3)
  const end = header.indexOf(field, 4)
  const declared = header.slice(4, end < 0 ? header.length : end).slice(0, 5)
  const all = [field, ...declared]
  if (!all.every((character) => separator.test(character)) || new Set(all).size < all.length) {
    throw new Hl7Error('bad_separators', 'MSH-1 and MSH-2 must be different punctuation characters')
  }
  const [component = '', repetition = '', escape = '', subcomponent = '', truncation = ''] = declared
  return { field, component, repetition, escape, subcomponent, truncation }
}

/** MSH-2 for these separators. */
export const encodingCharacters = ({ component, repetition, escape, subcomponent, truncation }: Separators): string =>
  component + repetition + escape + subcomponent + truncation
