import type { Extract, Predicate } from '@aliquot/contracts'
import { compileExpression, matchedBy } from './expression.ts'
import { readPlace } from './place.ts'
import type { Part, Place } from './place.ts'

export type Level = readonly Part[]

/** Where a result stands: its own record with what is attached to it, then order, patient and header, each with theirs. */
export interface Scope {
  readonly levels: readonly Level[]
  /** Of the same order, itself included. */
  readonly siblings: readonly Scope[]
}

export type ReadText = (scope: Scope) => string
export type Test = (scope: Scope) => boolean

/** An expression that does not compile matches nothing; a path that is none is empty. `profileProblems` reports both. */
const never = /(?!)/
const expressionOf = (pattern: string | undefined): RegExp | null => (pattern === undefined ? null : compileExpression(pattern) ?? never)
const placesOf = (paths: readonly string[]): Place[] => paths.map(readPlace).filter((place) => place !== null)

/** Results of an order share its level: however many comments it has, they are read once. */
const remembered = <T>(compute: (place: Place, level: Level) => T): ((place: Place, level: Level) => T) => {
  const levels = new WeakMap<Level, Map<Place, T>>()
  return (place, level) => {
    if (level.length < 4) return compute(place, level)
    const known = levels.get(level) ?? new Map<Place, T>()
    levels.set(level, known)
    const text = known.get(place) ?? compute(place, level)
    known.set(place, text)
    return text
  }
}

const textIn = remembered((place, level) => {
  for (const part of level) {
    const text = part.type === place.type ? part.one(place).trim() : ''
    if (text !== '') return text
  }
  return ''
})

/** Far more than any instrument says of one order. */
const mostTexts = 200

const textsIn = remembered((place, level) => {
  const parts = level.filter(({ type }) => type === place.type).slice(0, mostTexts)
  return parts.flatMap((part) => part.each(place)).slice(0, mostTexts).map((text) => text.trim())
})

/** The nearest level where the place is filled says its value: of several orders, the one that the result belongs to. */
const textAt = (place: Place, { levels }: Scope): string => {
  for (const level of levels) {
    const text = textIn(place, level)
    if (text !== '') return text
  }
  return ''
}

const textsAt = (place: Place, { levels }: Scope): string[] => levels.flatMap((level) => textsIn(place, level))

/** Moves to the first result of the same order of which the condition holds; remembered by order, so that a long order is searched once. */
const mover = (where: Extract['where']): ((scope: Scope) => Scope | null) => {
  if (!where) return (scope) => scope
  const holds = compilePredicate(where)
  const found = new WeakMap<readonly Scope[], Scope | null>()
  return ({ siblings }) => {
    const known = found.get(siblings)
    if (known !== undefined) return known
    const first = siblings.find(holds) ?? null
    found.set(siblings, first)
    return first
  }
}

const finisher = ({ match, dropLeadingZeros }: Extract): ((text: string) => string) => {
  const expression = expressionOf(match)
  return (text) => {
    const matched = expression ? matchedBy(expression, text).trim() : text
    return dropLeadingZeros ? matched.replace(/^0+(?=.)/, '') : matched
  }
}

export const compileExtract = (extract: Extract | null | undefined): ReadText => {
  if (!extract) return () => ''
  const places = placesOf(extract.from)
  const move = mover(extract.where)
  const finish = finisher(extract)
  const { join } = extract
  return (present) => {
    const scope = move(present)
    if (!scope) return ''
    if (join === undefined) {
      for (const place of places) {
        const text = textAt(place, scope)
        if (text !== '') return finish(text)
      }
      return ''
    }
    const texts = places.map((place) => textAt(place, scope))
    return finish(texts.slice(0, texts.findLastIndex((text) => text !== '') + 1).join(join))
  }
}

/** All places with all their repeats, from the result and from what is attached to its order and above; each once. */
export const compileExtractAll = (extract: Extract | null): ((scope: Scope) => string[]) => {
  if (!extract) return () => []
  const places = placesOf(extract.from)
  const move = mover(extract.where)
  const finish = finisher(extract)
  return (present) => {
    const scope = move(present)
    return scope ? [...new Set(places.flatMap((place) => textsAt(place, scope)).map(finish))].filter((text) => text !== '') : []
  }
}

export function compilePredicate(predicate: Predicate): Test {
  const place = readPlace(predicate.path)
  if (!place) return () => false
  const { equals = [], empty } = predicate
  const expression = expressionOf(predicate.matches)
  const move = mover(predicate.where)
  const others = (predicate.and ?? []).map(compilePredicate)
  const fits = (text: string): boolean => equals.includes(text) || (expression !== null && expression.test(text.slice(0, 200)))
  return (present) => {
    const scope = move(present)
    if (!scope) return false
    if (!others.every((holds) => holds(scope))) return false
    const whole = textAt(place, scope)
    if (empty !== undefined && empty === (whole === '')) return true
    return fits(whole) || textsAt(place, scope).some(fits)
  }
}
