import type { MolecularPanel, PanelBody, PanelCutOff } from '@aliquot/contracts'

/** A target as it is typed. */
export interface TargetValues {
  id: number
  name: string
  kind: PanelCutOff['kind']
  cutOff: number | ''
  grey: number | ''
  unit: string
  /** Names of several targets of one organism, by commas. */
  parts: string
  organismIds: number[]
}

export interface PanelValues {
  kind: PanelBody['kind']
  method: string
  limitations: string
  load_unit: string
  organisms: TargetValues[]
  genes: TargetValues[]
  antibiotics: { id: number; name: string }[]
  controls: { name: string; role: PanelBody['controls'][number]['role']; cut_off: number | '' }[]
  bins: { from: number | ''; label: string }[]
}

export const blankTarget = (id: number, name: string): TargetValues => ({ id, name, kind: 'CT_MAX', cutOff: '', grey: '', unit: '', parts: '', organismIds: [] })

const typed = (target: { id: number; name: string; judged_by: PanelCutOff | null }): TargetValues => ({
  ...blankTarget(target.id, target.name), ...(target.judged_by ? { kind: target.judged_by.kind, cutOff: target.judged_by.cut_off, grey: target.judged_by.grey ?? '', unit: target.judged_by.unit } : {}),
})

export const valuesOf = ({ kind, method, limitations, load_unit, organisms, genes, antibiotics, controls, bins }: MolecularPanel): PanelValues => ({
  kind, method, limitations, load_unit, antibiotics, bins,
  organisms: organisms.map((organism) => ({ ...typed(organism), parts: organism.parts.join(', ') })),
  genes: genes.map((gene) => ({ ...typed(gene), organismIds: gene.organism_ids })),
  controls: controls.map((control) => ({ ...control, cut_off: control.cut_off ?? '' })),
})

const judgedBy = ({ kind, cutOff, grey, unit }: TargetValues): PanelCutOff | null => (cutOff === '' ? null : { cut_off: cutOff, kind, unit, grey: grey === '' ? null : grey })

export const bodyOf = (values: PanelValues, version: number | null): PanelBody => ({
  ...(version === null ? {} : { version }), kind: values.kind, method: values.method, limitations: values.limitations, load_unit: values.load_unit,
  bins: values.bins.map(({ from, label }) => ({ from: Number(from), label })),
  organisms: values.organisms.map((target) => ({ id: target.id, parts: target.parts.split(',').map((part) => part.trim()).filter(Boolean), judged_by: judgedBy(target) })),
  genes: values.genes.map((target) => ({ id: target.id, organism_ids: target.organismIds, judged_by: judgedBy(target) })),
  antibiotics: values.antibiotics.map(({ id }) => id),
  controls: values.controls.map(({ name, role, cut_off: cutOff }) => ({ name, role, cut_off: cutOff === '' ? null : cutOff })),
})
