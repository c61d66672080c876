import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entry } from './use-molecular-entry.ts'
import { TargetLine } from './target-line.tsx'
import classes from './entry.module.css'

/** Organisms or genes, one on a line. */
export function TargetTable({ entry, kind }: { entry: Entry; kind: 'organism' | 'gene' }) {
  const { t } = useTranslation('molecularEntry')
  const [overriding, setOverriding] = useState<string | null>(null)
  const lines = entry.sheet.lines.filter(({ target }) => target.kind === kind)
  const culture = entry.entry.plan.kind === 'culture' && kind === 'organism'
  if (lines.length === 0) return culture && entry.sheet.growth !== 'no_growth' ? <p className={classes.quiet}>{t('no_isolates')}</p> : null
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t(culture ? 'isolate' : kind)}</th>
          {!culture && <th scope="col" className={classes.reading}>{t('reading')}</th>}
          {!culture && <th scope="col" className={classes.call}>{t('result')}</th>}
          {kind === 'organism' && <th scope="col" className={classes.amount}>{t(culture ? 'growth_amount' : 'load')}</th>}
          <th scope="col" className={classes.tools}><span className={classes.hidden}>{t('tools')}</span></th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <TargetLine
            key={line.target.key} entry={entry} line={line} culture={culture} overriding={overriding === line.target.key}
            onOverride={(on) => setOverriding(on ? line.target.key : null)}
          />
        ))}
      </tbody>
    </table>
  )
}
