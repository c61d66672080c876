import { useTranslation } from 'react-i18next'
import type { Detection } from '@aliquot/lab-arithmetic'
import type { Sheet } from './draft.ts'
import classes from './entry.module.css'

/** What the report will say first, as it stands. */
export function SummaryLine({ sheet, culture }: { sheet: Sheet; culture: boolean }) {
  const { t } = useTranslation('molecularEntry')
  const named = (kind: 'organism' | 'gene', detection: Detection | null) => sheet.lines.filter(({ target, result }) => target.kind === kind && result === detection).map(({ target }) => target.name)
  const found = named('organism', 'DETECTED')
  const genes = named('gene', 'DETECTED')
  const doubtful = [...named('organism', 'INDETERMINATE'), ...named('gene', 'INDETERMINATE')]
  const invalid = [...named('organism', 'INVALID'), ...named('gene', 'INVALID')]
  const open = [...named('organism', null), ...named('gene', null)].length
  const tone = found.length > 0 ? 'alert' : doubtful.length + invalid.length > 0 ? 'caution' : open > 0 ? 'plain' : 'clear'
  const parts = [
    found.length > 0 ? `${t(culture ? 'summary.grown' : 'summary.detected')}: ${found.join(', ')}` : '', genes.length > 0 ? `${t('summary.genes')}: ${genes.join(', ')}` : '',
    doubtful.length > 0 ? `${t('summary.doubtful')}: ${doubtful.join(', ')}` : '', invalid.length > 0 ? t('summary.invalid', { count: invalid.length }) : '',
  ].filter(Boolean)
  const nothing = culture ? t(sheet.growth === 'no_growth' ? 'summary.no_growth' : 'summary.waiting') : open > 0 ? '' : t('summary.none', { count: sheet.lines.filter(({ target }) => target.kind === 'organism').length })
  return (
    <div className={classes.summary} data-tone={culture && sheet.growth === 'no_growth' && found.length === 0 ? 'clear' : tone} role="status" data-summary>
      <strong>{parts.length > 0 ? parts.join('  ·  ') : nothing}</strong>
      {open > 0 && <span className={classes.quiet}>{t('summary.open', { count: open })}</span>}
    </div>
  )
}
