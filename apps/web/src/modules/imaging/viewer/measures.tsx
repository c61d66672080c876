import type { DentalImageDetail } from '@aliquot/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../platform/index.ts'
import { lengthOf, toPane, type Matrix } from './frame.ts'
import type { Measure } from './pane-state.ts'
import classes from './viewer.module.css'

interface MeasuresProps { measures: readonly Measure[]; matrix: Matrix; spacing: DentalImageDetail['spacing'] }

/** Lines with their length. One that is not true at the patient says where it is. */
export function Measures({ measures, matrix, spacing }: MeasuresProps) {
  const { t } = useTranslation('imaging')
  const { number } = useFormat()
  return (
    <svg className={classes.measures} aria-hidden={measures.length === 0}>
      {measures.map(({ from, to }, at) => {
        const [start, end] = [toPane(matrix, from), toPane(matrix, to)]
        const length = lengthOf(from, to, spacing)
        const rounded = number(Math.round(length * 10) / 10)
        const words = spacing ? t(`measure.${spacing.at}`, { length: rounded }) : t('measure.pixels', { length: number(Math.round(length)) })
        return (
          <g key={at}>
            <line x1={start.x} y1={start.y} x2={end.x} y2={end.y} className={classes.under} />
            <line x1={start.x} y1={start.y} x2={end.x} y2={end.y} className={classes.line} />
            {[start, end].map((point, which) => <circle key={which} cx={point.x} cy={point.y} r={3.5} className={classes.dot} />)}
            <text x={(start.x + end.x) / 2} y={(start.y + end.y) / 2 - 9} className={classes.length} data-testid="length">{words}</text>
          </g>
        )
      })}
    </svg>
  )
}
