import type { DentalImage } from '@aliquot/contracts'

type Charted = Pick<DentalImage, 'kind' | 'teeth'>

/** Where a tooth stands as one looks at the patient: 0 is their farthest right, 15 their farthest left. Milk teeth take the places they have. */
export const placeOf = (tooth: string): number => {
  const [quadrant, number] = [Number(tooth[0]), Number(tooth[1])]
  return [1, 4, 5, 8].includes(quadrant) ? 8 - number : 7 + number
}
const isUpper = (tooth: string) => /^[1256]/.test(tooth)

export type Row = 'upper' | 'bitewing' | 'lower'
export const rowOf = ({ teeth }: Charted): Row => {
  const upper = teeth.some(isUpper)
  return upper && teeth.some((tooth) => !isUpper(tooth)) ? 'bitewing' : upper ? 'upper' : 'lower'
}

/** Whether an image has a place in the chart: an intra-oral one whose teeth are known. */
export const isCharted = ({ kind, teeth }: Charted): boolean => kind === 'intra_oral' && teeth.length > 0

const middle = ({ teeth }: Charted) => teeth.reduce((sum, tooth) => sum + placeOf(tooth), 0) / teeth.length

/** The usual mount: upper teeth above, bitewings between, lower below; the patient's right at the viewer's left. */
export const chartOf = <T extends Charted>(images: readonly T[]): Record<Row, T[]> => {
  const sorted = images.filter(isCharted).sort((a, b) => middle(a) - middle(b))
  return { upper: sorted.filter((image) => rowOf(image) === 'upper'), bitewing: sorted.filter((image) => rowOf(image) === 'bitewing'), lower: sorted.filter((image) => rowOf(image) === 'lower') }
}

/** `18–16`, as far as the teeth follow each other; two rows for a bitewing. */
export const teethText = (teeth: readonly string[]): string => {
  const rows = [teeth.filter(isUpper), teeth.filter((tooth) => !isUpper(tooth))].filter((row) => row.length > 0)
  return rows.map((row) => {
    const sorted = [...row].sort((a, b) => placeOf(a) - placeOf(b))
    const [first = '', last = ''] = [sorted[0], sorted.at(-1)]
    const unbroken = sorted.every((tooth, at) => at === 0 || placeOf(tooth) - placeOf(sorted[at - 1] ?? '') === 1)
    return sorted.length > 2 && unbroken ? `${first}–${last}` : sorted.join(' ')
  }).join(' / ')
}

/** Days, newest first; images without one last. */
export const byDay = <T extends { takenAt: string | null }>(images: readonly T[]): { day: string | null; images: T[] }[] => {
  const days = new Map<string | null, T[]>()
  for (const image of images) {
    const day = image.takenAt?.slice(0, 10) ?? null
    days.set(day, [...(days.get(day) ?? []), image])
  }
  return [...days].map(([day, of]) => ({ day, images: of })).sort((a, b) => (b.day ?? '').localeCompare(a.day ?? ''))
}
