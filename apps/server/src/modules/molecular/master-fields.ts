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

const wrong = (path: string, message: string): FieldError => ({ path, message, code: 'molecular.cut_off' })

/** What is wrong with a cut-off and its grey zone, which lies beyond it: above a cycle threshold, below a load. */
export function cutOffErrors({ cut_off_kind: kind = 'CT_MAX', ...given }: CutOff): FieldError[] {
  const limits = { cut: given.cut_off ?? null, low: given.grey_low ?? null, high: given.grey_high ?? null }
  return kind === 'CT_MAX' ? cycleErrors(limits) : loadErrors(limits)
}

interface Limits {
  cut: number | null
  low: number | null
  high: number | null
}

function cycleErrors({ cut, low, high }: Limits): FieldError[] {
  const grey = high !== null && (cut === null ? 'needs a cut-off' : high <= cut || high > mostCycles ? `lies above the cut-off, at most ${mostCycles}` : '')
  return [
    ...(cut !== null && cut > mostCycles ? [wrong('/cut_off', `is a number of cycles, at most ${mostCycles}`)] : []),
    ...(low === null ? [] : [wrong('/grey_low', 'is for loads: cycles have a high end')]),
    ...(grey ? [wrong('/grey_high', grey)] : []),
  ]
}

function loadErrors({ cut, low, high }: Limits): FieldError[] {
  const grey = low !== null && (cut === null ? 'needs a cut-off' : low >= cut ? 'lies below the cut-off' : '')
  return [...(high === null ? [] : [wrong('/grey_high', 'is for cycles: a load has a low end')]), ...(grey ? [wrong('/grey_low', grey)] : [])]
}
