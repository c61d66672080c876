import type { DictionaryEntry } from '@aliquot/contracts'

const plain = (text: string) => text.normalize('NFKD').toLowerCase().replace(/[^a-z0-9%#]+/g, '')

/** Pieces of what an instrument calls a test: `^^^GLU3` or `718-7^Hemoglobin^LN` are several names at once. */
const namesIn = (code: string) => [code, ...code.split(/[\^~\\&|]/)].map(plain).filter(Boolean)

/** The parameter that an instrument's code most likely means: one of the same code, LOINC or name. Null where two are as likely, or none is. */
export function guessParameter(code: string, entries: readonly DictionaryEntry[]): DictionaryEntry | null {
  const names = namesIn(code)
  const looks: ((entry: DictionaryEntry) => boolean)[] = [
    (entry) => entry.loinc !== null && names.includes(plain(entry.loinc)),
    (entry) => names.includes(plain(entry.code)),
    (entry) => names.includes(plain(entry.name)),
  ]
  for (const same of looks) {
    const found = entries.filter(same)
    if (found.length > 0) return found.length === 1 ? found[0] ?? null : null
  }
  return null
}

/** Entries for what is typed, those that begin with it first. */
export function matchParameters(text: string, entries: readonly DictionaryEntry[], most = 12): DictionaryEntry[] {
  const wanted = text.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const begins = (entry: DictionaryEntry) => entry.code.toLowerCase().startsWith(wanted[0] ?? '') || entry.name.toLowerCase().startsWith(wanted[0] ?? '')
  return entries
    .filter((entry) => wanted.every((word) => `${entry.code} ${entry.name} ${entry.loinc ?? ''}`.toLowerCase().includes(word)))
    .sort((a, b) => Number(begins(b)) - Number(begins(a)) || a.name.localeCompare(b.name))
    .slice(0, most)
}
