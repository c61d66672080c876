import type { Antibiotic, Gene, Organism } from '@aliquot/contracts'
import type { FieldError } from '#platform/errors'
import type { Kind } from './masters.ts'

const cutOff = ['cut_off', 'cut_off_kind', 'cut_off_unit', 'grey_low', 'grey_high'] as const
const describing = ['name', 'code', 'description', 'cpt_code'] as const

const fields = {
  gene: [...describing, 'gene_type', ...cutOff],
  antibiotic: [...describing, 'category', 'class', 'sort', 'whonet_code', 'method', 'unit', 'device_name', 'dosage', 'sample_type'],
  organism: [...describing, 'category', 'gram', 'species', 'whonet_code', 'ncbi_taxid', ...cutOff, 'sample_type'],
} as const satisfies { gene: readonly (keyof Gene)[]; antibiotic: readonly (keyof Antibiotic)[]; organism: readonly (keyof Organism)[] }
/** The columns of each kind that a lab writes, of the same names on the wire. */
export const fieldsOf: Record<Kind, readonly string[]> = fields

/** A PCR runs some forty cycles; no kit counts beyond this. */
const mostCycles = 50

export interface CutOff {
  cut_off?: number | null
  cut_off_kind?: 'CT_MAX' | 'LOAD_MIN'
  grey_low?: number | null
  grey_high?: number | null
}

/** What is wrong with a cut-off and its grey zone, which lies beyond it: above a cycle threshold, below a load. */
export function cutOffErrors({ cut_off: cut = null, cut_off_kind: kind = 'CT_MAX', grey_low: low = null, grey_high: high = null }: CutOff): FieldError[] {
  const error = (path: string, message: string): FieldError => ({ path, message, code: 'molecular.cut_off' })
  const [grey, path, other, otherPath] = kind === 'CT_MAX' ? [high, '/grey_high', low, '/grey_low'] : [low, '/grey_low', high, '/grey_high']
  return [
    ...(kind === 'CT_MAX' && cut !== null && cut > mostCycles ? [error('/cut_off', `is a number of cycles, at most ${mostCycles}`)] : []),
    ...(other === null ? [] : [error(otherPath, kind === 'CT_MAX' ? 'has no meaning for cycles: set the upper end' : 'has no meaning for a load: set the lower end')]),
    ...(grey !== null && cut === null ? [error(path, 'needs a cut-off')] : []),
    ...(grey !== null && cut !== null && kind === 'CT_MAX' && (grey <= cut || grey > mostCycles)
      ? [error(path, `lies above the cut-off, at most ${mostCycles}`)] : []),
    ...(grey !== null && cut !== null && kind === 'LOAD_MIN' && grey >= cut ? [error(path, 'lies below the cut-off')] : []),
  ]
}
