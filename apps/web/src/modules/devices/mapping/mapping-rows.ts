import type { TestMapping } from '@aliquot/contracts'

/** Why a list of mappings cannot be saved, by row. */
export function troubleInMappings(mappings: readonly TestMapping[]): Map<number, 'mapping.no_code' | 'mapping.twice' | 'mapping.bad_factor'> {
  const trouble = new Map<number, 'mapping.no_code' | 'mapping.twice' | 'mapping.bad_factor'>()
  const seen = new Set<string>()
  for (const [at, { code, test, factor }] of mappings.entries()) {
    const key = `${code.trim()}\t${test ?? ''}`
    if (code.trim() === '') trouble.set(at, 'mapping.no_code')
    else if (seen.has(key)) trouble.set(at, 'mapping.twice')
    else if (factor !== undefined && !(factor > 0 && factor <= 1e9)) trouble.set(at, 'mapping.bad_factor')
    seen.add(key)
  }
  return trouble
}

/** A mapping without the members that say nothing: an empty unit, a factor of one. */
export function tidyMapping({ code, parameter, test, unit, factor }: TestMapping): TestMapping {
  return {
    code: code.trim(), parameter,
    ...(test ? { test } : {}), ...(unit?.trim() ? { unit: unit.trim() } : {}), ...(factor === undefined || factor === 1 ? {} : { factor }),
  }
}
