import { readPlace } from './place.ts'
import type { Part, Place } from './place.ts'

/** What the placeholders of a template stand for. */
export interface Words {
  sample: string
  code: string
  number: string
  name: string
  sex: string
  birth: string
  specimen: string
  time: string
}

const names = new Set<string>(['sample', 'code', 'number', 'name', 'sex', 'birth', 'specimen', 'time'] satisfies (keyof Words)[])
const placeholder = /\{([^{}]*)\}/g

export const templateProblem = (template: string): string | null => {
  const unknown = [...template.matchAll(placeholder)].map(([, name = '']) => name).filter((name) => !names.has(name) && !readPlace(name))
  return unknown.length > 0 ? `unknown: ${unknown.map((name) => `{${name}}`).join(' ')}` : null
}

/** What a template may copy from: the records of a query, and which repeat of a field names the sample. */
export interface Source {
  parts: readonly Part[]
  place: Place | null
}

/**
 * A template as repeats with their components, which it divides by `\` and `^` whatever the message's delimiters. Placeholders take no part in
 * that: what they stand for is one value, but for a path alone, which copies its field with all its components.
 */
export const fillTemplate = (template: string, words: Partial<Words>, source: Source): string[][] => {
  const alone = readPlace(/^\{([^{}]*)\}$/.exec(template)?.[1] ?? '')
  if (alone && alone.component === null) return copyOf(alone, source)
  return template.split('\\').map((repeat) => repeat.split('^').map((component) =>
    component.replace(placeholder, (whole, name: string) => wordOf(name, words, source) ?? whole)))
}

const wordOf = (name: string, words: Partial<Words>, source: Source): string | undefined => {
  if (names.has(name)) return words[name as keyof Words] ?? ''
  const place = readPlace(name)
  if (!place) return undefined
  const own = source.place && samePlace(place, source.place) ? { ...place, repeat: place.repeat ?? source.place.repeat } : place
  return partOf(place, source)?.one(own) ?? ''
}

const copyOf = (place: Place, source: Source): string[][] => {
  const repeats = partOf(place, source)?.structure(place.field) ?? []
  const repeat = place.repeat ?? (source.place && samePlace(place, source.place) ? source.place.repeat : null)
  return repeat === null ? repeats : repeats.slice(repeat - 1, repeat)
}

const partOf = ({ type }: Place, { parts }: Source): Part | undefined => parts.find((part) => part.type === type)
const samePlace = (one: Place, other: Place): boolean => one.type === other.type && one.field === other.field
