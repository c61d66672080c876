import type { QcLot, QcPoint } from '@aliquot/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../platform/index.ts'

/** A point in words: when, what, how far from the mean, and which rules it breaks. */
export function usePointWords() {
  const { t } = useTranslation('devices')
  const format = useFormat()
  return (point: QcPoint, lot: QcLot): string => [
    format.dateTime(point.at),
    [point.value, lot.unit].filter(Boolean).join(' '),
    `${point.z > 0 ? '+' : ''}${point.z.toFixed(2)} SD`,
    t(`verdict.${point.verdict}`),
    ...point.rules.map((rule) => `${rule} (${t(`rule.${rule}`)})`),
    ...(point.comment === null ? [] : [`“${point.comment}”`]),
  ].join(' · ')
}
