import { antibiogramMethods, type AntibiogramMethod, type AntibiogramQuestion } from '@aliquot/contracts'
import { day, filterSet, flag, id, oneOf, text, type Kind, type ValuesOf } from '../../../platform/url-state.ts'

export const ageBands = ['0-1', '2-17', '18-64', '65-150'] as const
export const minima = [1, 10, 30, 50, 100] as const
export const episodes = [7, 14, 30, 90, 365] as const
/** Whether a way to choose isolates knows episodes, and so their length. */
export const hasEpisodes = (method: AntibiogramMethod | undefined): boolean => method === 'episode' || method === 'phenotype-points'

const combinations: Kind<string[]> = { read: (all) => {
  const keys = all.filter((key) => /^[1-9]\d{0,15}(\+[1-9]\d{0,15}){1,3}$/.test(key)).slice(0, 10)
  return keys.length > 0 ? keys : undefined
} }

export const antibiogramFilters = filterSet({
  from: day, to: day, year: id, compare: id, specimen: text, ward: text, patientType: oneOf(['in', 'out']), age: oneOf(ageBands),
  group: oneOf(['Gram-negative', 'Gram-positive', 'Yeast', 'Other']), method: oneOf(antibiogramMethods), episodeDays: id, minimum: id,
  susceptible: oneOf(['S', 'SI']), combine: combinations, allTested: flag,
})
export type AntibiogramFilterValues = ValuesOf<typeof antibiogramFilters.kinds>

/** What is asked of the server, apart from the minimum and the combinations; a year stands for its days. */
export function questionOf(values: AntibiogramFilterValues, year = values.year): AntibiogramQuestion {
  const { age, method, susceptible, specimen, ward, patientType, group } = values
  const [from, to] = year ? [`${year}-01-01`, `${year}-12-31`] : [values.from, values.to]
  const [ageFrom, ageTo] = age?.split('-').map(Number) ?? []
  return {
    ...(from && { from }), ...(to && { to }), ...(specimen && { specimen }), ...(ward && { ward }), ...(patientType && { patientType }), ...(group && { group }),
    ...(ageFrom !== undefined && { ageFrom }), ...(ageTo !== undefined && { ageTo }), ...(method && { method }),
    ...(hasEpisodes(method) && { episodeDays: values.episodeDays ?? 365 }), ...(susceptible && { susceptible }),
  }
}
