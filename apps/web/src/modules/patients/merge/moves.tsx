import type { Patient } from '@aliquot/contracts'
import { useTranslation } from 'react-i18next'
import classes from './merge.module.css'

const named = ['bills', 'claims', 'accessions', 'reports', 'results', 'isolates', 'images', 'cards', 'attachments', 'files', 'idProofs', 'policies',
  'details', 'messages', 'events'] as const
type Named = (typeof named)[number]
const isNamed = (sort: string): sort is Named => (named as readonly string[]).includes(sort)

/** What refers to the record that goes, and will refer to the one that is kept. */
export function Moves({ moves, from, to }: { moves: Record<string, number>; from: Patient; to: Patient }) {
  const { t } = useTranslation('patients')
  const sorts = Object.entries(moves).filter(([, count]) => count > 0)
  return (
    <section aria-label={t('merge.moves_title')}>
      <h2>{t('merge.moves_title')}</h2>
      <p className={classes.quiet}>{t('merge.moves_text', { from: from.number, to: to.number })}</p>
      {sorts.length === 0
        ? <p>{t('merge.nothing')}</p>
        : (
          <dl className={classes.moves}>
            {sorts.map(([sort, count]) => (
              <div key={sort}><dt>{isNamed(sort) ? t(`moves.${sort}`) : sort}</dt><dd>{count}</dd></div>
            ))}
          </dl>
        )}
    </section>
  )
}
