import { Hl7Error } from './hl7-error.ts'

/** Where a value stands. Numbers count from 1. */
export interface Path {
  /** null in a path relative to a segment */
  segment: string | null
  /** which of the segments of that name */
  occurrence: number
  field: number
  /** null: the whole field, unless a component is named: then the first */
  repetition: number | null
  component: number | null
  subcomponent: number | null
}

const grammar = /^(?:([A-Z][A-Za-z\d]{2})(?:\[(\d{1,5})\])?-)?(\d{1,3})(?:\[(\d{1,5})\])?(?:\.(\d{1,3})(?:\.(\d{1,3}))?)?$/

const count = (digits: string | undefined): number | null => digits === undefined ? null : Number(digits)

/** Reads `PID-3.1`, `OBX[2]-5`, `PID-3[2].4.1`, or relative to a segment `3[2].4.1`. Throws Hl7Error 'bad_path'. */
export const parsePath = (text: string): Path => {
  const [whole, segment, occurrence, field, repetition, component, subcomponent] = grammar.exec(text) ?? []
  const path: Path = {
    segment: segment ?? null,
    occurrence: count(occurrence) ?? 1,
    field: Number(field),
    repetition: count(repetition),
    component: count(component),
    subcomponent: count(subcomponent),
  }
  if (whole === undefined || Object.values(path).includes(0)) throw new Hl7Error('bad_path', `not a path such as PID-3.1: ${text}`)
  return path
}
