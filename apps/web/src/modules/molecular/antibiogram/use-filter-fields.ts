import { antibiogramMethods, type getAntibiogramChoices, type ResponseOf } from '@aliquot/contracts'
import { useTranslation } from 'react-i18next'
import type { FilterField } from '../../../ui/index.ts'
import { ageBands, episodes, hasEpisodes, minima, type AntibiogramFilterValues } from './filters.ts'

/** The filters in words; wards and specimens are those that isolates have. */
export function useFilterFields(values: AntibiogramFilterValues, choices: ResponseOf<typeof getAntibiogramChoices> | undefined): FilterField<keyof AntibiogramFilterValues & string>[] {
  const { t } = useTranslation('antibiogram')
  const named = (names: readonly string[] = []) => names.map((name) => ({ value: name, label: name }))
  const years = (choices?.years ?? []).map((year) => ({ value: year, label: String(year) }))
  return [
    { kind: 'one', name: 'year', label: t('filter.year'), options: years },
    ...(values.year ? [{ kind: 'one' as const, name: 'compare' as const, label: t('filter.compare'), options: years.filter(({ value }) => value !== values.year) }]
      : [{ kind: 'days' as const, from: 'from' as const, to: 'to' as const, label: t('filter.days') }]),
    { kind: 'one', name: 'group', label: t('filter.group'), options: (['Gram-negative', 'Gram-positive', 'Yeast', 'Other'] as const).map((group) => ({ value: group, label: t(`group.${group}`) })) },
    { kind: 'one', name: 'specimen', label: t('filter.specimen'), options: named(choices?.specimens) },
    { kind: 'one', name: 'ward', label: t('filter.ward'), options: named(choices?.wards) },
    { kind: 'one', name: 'patientType', label: t('filter.patient_type'), options: (['in', 'out'] as const).map((type) => ({ value: type, label: t(`filter.${type}`) })) },
    { kind: 'one', name: 'age', label: t('filter.age'), options: ageBands.map((band) => ({ value: band, label: t(`filter.age_${band}`) })) },
    { kind: 'one', name: 'method', label: t('filter.method'), options: antibiogramMethods.map((method) => ({ value: method, label: t(`method.${method}`) })) },
    ...(hasEpisodes(values.method)
      ? [{ kind: 'one' as const, name: 'episodeDays' as const, label: t('filter.episode'), options: episodes.map((days) => ({ value: days, label: t('filter.days_of', { days }) })) }] : []),
    { kind: 'one', name: 'susceptible', label: t('filter.susceptible'), options: (['S', 'SI'] as const).map((rule) => ({ value: rule, label: t(`filter.${rule}`) })) },
    { kind: 'one', name: 'minimum', label: t('filter.minimum'), options: minima.map((count) => ({ value: count, label: t('filter.at_least', { count }) })) },
  ]
}
