import type { Draft } from './hl7-drafts.ts'
import { fieldOf } from './hl7-drafts.ts'
import type { Dialect, HostOrder } from './host-order.ts'
import { fillTemplate } from './template.ts'
import type { Source, Words } from './template.ts'

/** Where DSR^Q03 has what, by the number of its DSP, as host interface manuals of chemistry analysers with QRY^Q02 (Mindray BS and kin) print it. */
const firstTest = 29

export const displayLines = (order: HostOrder, words: Partial<Words>, source: Source, query: Dialect): Draft[] => {
  const lines: Record<number, string | undefined> = {
    1: words.number, 3: words.name, 4: words.birth && `${words.birth}000000`, 5: words.sex,
    21: words.sample, 22: words.sample, 23: words.time, 24: 'N', 26: words.specimen,
  }
  const lineAt = (line: number): Draft => ({ name: 'DSP', fields: { 1: String(line), 3: lines[line] ?? '' } })
  const before = Array.from({ length: firstTest - 1 }, (_, index) => lineAt(index + 1))
  const tests = order.codes.map((code, index): Draft => ({
    name: 'DSP', fields: { 1: String(firstTest + index), 3: fieldOf(fillTemplate(query.testCode, { ...words, code }, source)) },
  }))
  return [...before, ...tests, { name: 'DSC', fields: {} }]
}
