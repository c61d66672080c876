/** How an isolate answered to a drug. The numbers are what is packed into `Isolates.values`; 0 is "not counted". */
export const interpretations = ['', 'S', 'I', 'SDD', 'R', 'NS'] as const
export type Interpretation = (typeof interpretations)[number]

export const notCounted = 0
export const susceptible = 1
export const intermediate = 2
export const doseDependent = 3
export const resistant = 4
export const nonSusceptible = 5

/** How many numbers an interpretation may have. */
export const codeCount = interpretations.length

const codes = new Map<string, number>([
  ['S', susceptible], ['SUSCEPTIBLE', susceptible], ['I', intermediate], ['INTERMEDIATE', intermediate],
  ['SDD', doseDependent], ['SSD', doseDependent], ['R', resistant], ['RESISTANT', resistant],
  ['NS', nonSusceptible], ['NON-SUSCEPTIBLE', nonSusceptible], ['NONSUSCEPTIBLE', nonSusceptible],
  ...['', 'NT', 'ND', 'NA', 'N/A', 'NI', 'IE', '-', '?', 'NULL', 'NOT TESTED'].map((text): [string, number] => [text, notCounted]),
])

/** The number of what was written (S, I, SDD, R, NS, in any case; blank, NT and IE are 0), or null when it is no interpretation. */
export const interpretationOf = (text: string): number | null => codes.get(text) ?? codes.get(text.trim().toUpperCase()) ?? null

/**
 * What counts as susceptible. `S`: susceptible alone (CLSI M39: neither I nor SDD is in %S). `SI`: also I and SDD, since EUCAST's I means
 * "susceptible, increased exposure". NS never is.
 */
export type Susceptible = 'S' | 'SI'

/** Per number of an interpretation, 1 where it counts as susceptible. */
export const countsAsSusceptible = (rule: Susceptible): Uint8Array =>
  Uint8Array.from({ length: codeCount }, (_, code) => Number(code === susceptible || (rule === 'SI' && (code === intermediate || code === doseDependent))))
