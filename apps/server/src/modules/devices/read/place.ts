import type { AstmRecord } from '@aliquot/astm'
import type { Segment } from '@aliquot/hl7'

/** A ValuePath taken apart; numbers count from 1. */
export interface Place {
  /** Segment or record type: `OBX`, `R`. */
  readonly type: string
  readonly field: number
  readonly repeat: number | null
  readonly component: number | null
  readonly subcomponent: number | null
}

const grammar = /^([A-Z][A-Z0-9]{0,2})-(\d{1,3})(?:\[(\d{1,2})\])?(?:\.(\d{1,2}))?(?:\.(\d{1,2}))?$/
const number = (digits: string | undefined): number | null => (digits === undefined ? null : Number(digits))

/** Null where the text is no path or counts from 0. */
export const readPlace = (path: string): Place | null => {
  const [, type, field, repeat, component, subcomponent] = grammar.exec(path) ?? []
  if (type === undefined) return null
  const place = { type, field: Number(field), repeat: number(repeat), component: number(component), subcomponent: number(subcomponent) }
  return Object.values(place).includes(0) ? null : place
}

export const printPlace = ({ type, field, repeat, component, subcomponent }: Place): string =>
  [`${type}-${field}${repeat === null ? '' : `[${repeat}]`}`, component, subcomponent].filter((part) => part !== null).join('.')

/** A segment or record, read alike. */
export interface Part {
  readonly type: string
  /** The value, unescaped; '' where there is none. Without repeat and component: the whole field. */
  one(place: Place): string
  /** The value in every repeat; none where the field is empty. */
  each(place: Place): string[]
  /** The field's repeats, each with its components. */
  structure(field: number): string[][]
}

/** Of one field: more are no query that an instrument sends. */
const mostRepeats = 500

export const partOfSegment = (segment: Segment): Part => {
  const one = ({ field, repeat, component, subcomponent }: Place): string =>
    segment.get({ segment: null, occurrence: 1, field, repetition: repeat, component, subcomponent }) ?? ''
  return {
    type: segment.name,
    one,
    each: (place) => {
      if (place.repeat !== null) return filled([one(place)])
      return filled(segment.field(place.field).repetitions.map((_, index) => one({ ...place, repeat: index + 1 })))
    },
    structure: (field) => segment.field(field).repetitions.slice(0, mostRepeats).map(({ components }) => components.map(({ value }) => value ?? '')),
  }
}

export const partOfRecord = (record: AstmRecord): Part => {
  const pathOf = ({ field, repeat, component }: Place): string =>
    `${field}${repeat === null ? '' : `[${repeat}]`}${component === null ? '' : `.${component}`}`
  return {
    type: record.type,
    one: (place) => {
      if (place.subcomponent !== null && place.subcomponent > 1) return ''
      return place.repeat === null && place.component === null ? record.all(pathOf(place)).join(record.delimiters.repeat) : record.get(pathOf(place))
    },
    each: (place) => (place.subcomponent !== null && place.subcomponent > 1 ? [] : filled(record.all(pathOf(place)))),
    structure: (field) => record.all(String(field)).slice(0, mostRepeats).map((_, repeat) => {
      const { component } = record.delimiters
      const count = component === '' ? 1 : record.getRaw(`${field}[${repeat + 1}]`).split(component).length
      return Array.from({ length: count }, (_, index) => record.get(`${field}[${repeat + 1}].${index + 1}`))
    }),
  }
}

const filled = (values: readonly string[]): string[] => values.filter((value) => value.trim() !== '')
