import { ValuePath, type Predicate } from '@aliquot/contracts'

const valid = new RegExp((ValuePath as { pattern?: string }).pattern ?? '')

export const isValuePath = (text: string): boolean => valid.test(text)

/** `O-3.1, O-4` as two places. */
export const pathsIn = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean)

/** False where the text is no regular expression that JavaScript knows. */
export function isExpression(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp
  } catch {
    return false
  }
}

export type Condition = 'equals' | 'matches' | 'empty' | 'filled'

export function conditionOf({ equals, matches, empty }: Predicate): Condition {
  if (equals) return 'equals'
  if (matches !== undefined) return 'matches'
  return empty === false ? 'filled' : empty === true ? 'empty' : 'equals'
}

/** A predicate with another condition, what else it says (`where`, `and`) kept; words are parted by commas. */
export function predicateOf(before: Predicate, path: string, condition: Condition, text: string): Predicate {
  const { equals: _equals, matches: _matches, empty: _empty, ...rest } = before
  if (condition === 'matches') return { ...rest, path, matches: text }
  if (condition === 'equals') return { ...rest, path, equals: text.split(',').map((word) => word.trim()).filter(Boolean) }
  return { ...rest, path, empty: condition === 'empty' }
}
