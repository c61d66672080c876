import type { Level, Scope } from './evaluate.ts'
import type { Part } from './place.ts'

/** A result where it stands. */
export interface ScannedResult {
  readonly scope: Scope
  /** About the result itself, then about its order: at most 100. */
  readonly comments: readonly string[]
  /** What the value is when it is no text; null where it does not say what it says it is. */
  readonly files: readonly { mime: string; bytes: Uint8Array }[] | null
}

/** One order with its results, in the order sent. An order without results has only its own scope. */
export interface ScannedOrder {
  readonly scope: Scope
  readonly results: readonly ScannedResult[]
}

/** A message of either protocol, taken apart. */
export interface Scanned {
  readonly header: Scope
  readonly controlId: string | null
  readonly lossy: boolean
  readonly orders: readonly ScannedOrder[]
  /** What asks for orders: query records, or all segments of a message of such a type. */
  readonly asking: readonly Part[]
  readonly problems: readonly string[]
}

export const aloneAt = (levels: readonly Level[]): Scope => {
  const scope = { levels, siblings: [] as Scope[] }
  scope.siblings.push(scope)
  return scope
}

/** Scopes of one order, which know of each other. */
export const siblingsAt = (levels: readonly (readonly Level[])[]): Scope[] => {
  const siblings: Scope[] = []
  for (const own of levels) siblings.push({ levels: own, siblings })
  return siblings
}

/** Far more than any instrument says of one result. */
export const mostComments = 100

export const commentsOn = (own: readonly string[], order: readonly string[]): string[] => [...own, ...order].slice(0, mostComments)
