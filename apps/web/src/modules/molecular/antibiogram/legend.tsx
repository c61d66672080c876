import type { Antibiogram } from '@aliquot/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../platform/index.ts'
import classes from './antibiogram.module.css'
import { hasEpisodes, type AntibiogramFilterValues } from './filters.ts'

/** What the table states: which isolates, which period, what counts as susceptible, from how many on; and how to read a cell. */
export function Legend({ antibiogram: { isolates, period }, values }: { antibiogram: Antibiogram; values: AntibiogramFilterValues }) {
  const { t } = useTranslation('antibiogram')
  const format = useFormat()
  const { minimum = 30, method = 'first-per-patient', susceptible = 'S', year } = values
  const [from, to] = year ? [`${year}-01-01`, `${year}-12-31`] : [values.from ?? period.from, values.to ?? period.to]
  const filters = [values.specimen, values.ward, values.group && t(`group.${values.group}`), values.patientType && t(`filter.${values.patientType}`), values.age && t(`filter.age_${values.age}`)]
  const facts = [
    t(`legend.percent_${susceptible}`), hasEpisodes(method) ? `${t(`method.${method}`)} (${t('filter.days_of', { days: values.episodeDays ?? 365 })})` : t(`method.${method}`),
    from && to ? t('legend.period', { from: format.day(from), to: format.day(to) }) : t('legend.everything'), ...filters.filter((text) => text !== undefined && text !== ''),
    t('legend.of', { counted: format.number(isolates.counted), found: format.number(isolates.found) }),
    ...(isolates.surveillance > 0 ? [t('legend.surveillance', { count: isolates.surveillance })] : []),
  ]
  return (
    <div className={classes.legend}>
      <div className={classes.facts}>{facts.map((fact) => <span key={fact}>{fact}</span>)}</div>
      <div className={classes.keys}>
        <span><i className={classes.swatch} data-share="high">95</i>{t('legend.high')}</span>
        <span><i className={classes.swatch} data-share="middle">80</i>{t('legend.middle')}</span>
        <span><i className={classes.swatch} data-share="low">50</i>{t('legend.low')}</span>
        <span><i className={classes.swatch} data-few>n</i>{t('legend.few', { minimum })}</span>
        <span><i className={classes.swatch} data-never>R</i>{t('legend.intrinsic')}</span>
        <span><i className={classes.swatch}>*</i>{t('legend.selective')}</span>
        {values.compare && <span><i className={classes.swatch}>+4</i>{t('legend.difference', { year: values.compare })}</span>}
      </div>
    </div>
  )
}
