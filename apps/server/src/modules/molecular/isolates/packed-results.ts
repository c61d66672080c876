import { interpretationOf } from '@aliquot/antibiogram'

/** The letter of each interpretation in packed results, at its number. */
const letters = ['', 'S', 'I', 'D', 'R', 'N']
const numbers = new Uint8Array(128)
letters.forEach((letter, number) => { if (letter !== '') numbers[letter.charCodeAt(0)] = number })

export interface Measured {
  text: string
  method?: string
}

/** Results of an isolate as they are stored: `12S35R` by the antibiotics' ids, in their order, and what was read of each. */
export function packResults(results: readonly { antibioticId: number; value: string; method?: string; text?: string }[]): { packed: string; measured: Record<string, Measured> } {
  const sorted = results.toSorted((a, b) => a.antibioticId - b.antibioticId)
  return {
    packed: sorted.map(({ antibioticId, value }) => {
      const letter = letters[interpretationOf(value) ?? 0]
      return letter ? `${antibioticId}${letter}` : ''
    }).join(''),
    measured: Object.fromEntries(sorted.flatMap(({ antibioticId, text = '', method = '' }) => (text === '' && method === '' ? [] : [[String(antibioticId), { text, ...(method && { method }) }]]))),
  }
}

/** Calls back with the id of each antibiotic and the number of its interpretation, in packed results between two places of a text. */
export function eachResult(text: string, from: number, to: number, take: (antibioticId: number, interpretation: number) => void): void {
  let id = 0
  for (let at = from; at < to; at++) {
    const character = text.charCodeAt(at)
    if (character < 58) id = id * 10 + character - 48
    else {
      take(id, numbers[character] as number)
      id = 0
    }
  }
}
