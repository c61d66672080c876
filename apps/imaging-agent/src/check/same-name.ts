import type { PersonName } from '@aliquot/dicom'

/** Letters without marks, lower case. */
const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  .replaceAll('ß', 'ss').replaceAll('æ', 'ae').replaceAll('ø', 'o').replaceAll('ł', 'l')
/** The same with marks written out, as devices that know only ASCII are fed: Müller as Mueller. */
const spelledOut = (text: string): string =>
  plain(text.normalize('NFC').toLowerCase()
    .replace(/[äöüøå]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' })[letter] ?? letter))

const wordsOf = (text: string): string[] => text.split(/[^\p{L}\p{M}]+/u).filter(Boolean)

const sameWord = (a: string, b: string): boolean => {
  const [first, second] = [new Set([plain(a), spelledOut(a)]), [plain(b), spelledOut(b)]]
  return second.some((word) => first.has(word))
}
const sameOrInitial = (a: string, b: string): boolean => sameWord(a, b) || ([a, b].some((word) => word.length === 1) && plain(a)[0] === plain(b)[0])

/** Whether all words of the shorter list are in the longer one: people have second names and double names, not everywhere written. */
const within = (a: readonly string[], b: readonly string[], same: (a: string, b: string) => boolean): boolean => {
  const [few, many] = a.length <= b.length ? [a, b] : [b, a]
  return few.every((word) => many.some((other) => same(word, other)))
}

/** Whether a file's name and the practice's may be one person's; only a clear contradiction is false. Swapped names are one person's. */
export const mayBeSame = (file: PersonName, row: { lastName: string; firstName: string }): boolean => {
  const [last, first] = [wordsOf(row.lastName), wordsOf(row.firstName)]
  return readings(file).some(([family, given]) => {
    if (within(family, last, sameWord) && family.length > 0 && last.length > 0) return within(given, first, sameOrInitial)
    return family.length > 0 && given.length > 0 && within(family, first, sameWord) && within(given, last, sameWord) && last.length > 0
      && first.length > 0
  })
}

/** Family and given names in each of the scripts that the file has. */
const readings = ({ family, given, middle, ideographic, phonetic }: PersonName): [string[], string[]][] => {
  const scripts: [string[], string[]][] = [[wordsOf(family), wordsOf(`${given} ${middle}`)]]
  for (const text of [ideographic, phonetic]) {
    const [first, ...more] = wordsOf(text)
    if (first) scripts.push([[first], more])
  }
  return scripts
}
