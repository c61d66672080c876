import type { ResponseOf, tryProfile } from '@aliquot/contracts'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ToneBadge } from '../../../ui/index.ts'
import classes from './profiles.module.css'

/** What was read: samples, their results, and what is wrong with them. */
export function TryResult({ result: { kind, sender, samples, queried, problems } }: { result: ResponseOf<typeof tryProfile> }) {
  const { t } = useTranslation('devices')
  return (
    <>
      <p className={classes.summary}>{t(`message_kind.${kind}`)} · {t('try.from', { sender: sender || '–' })}</p>
      {problems.length > 0
        ? problems.map((problem) => <div key={problem} className={classes.problem}><IconAlertTriangle size={16} aria-hidden /><div>{problem}</div></div>)
        : <p className={classes.fine}><IconCircleCheck size={16} aria-hidden /> {t('try.fine')}</p>}
      {queried.length > 0 && <p>{t('try.queried')} <code>{queried.join(', ')}</code></p>}
      {samples.map((sample, at) => (
        <div key={at} className={classes.sample}>
          <div className={classes.sampleHead}>
            {sample.sampleId ? <b className={classes.mono}>{sample.sampleId}</b> : <span className={classes.missing}>{t('queue.no_sample')}</span>}
            {sample.qc && (
              <ToneBadge tone="violet">{[t('try.control'), sample.control, sample.level, sample.lot].filter(Boolean).join(' · ')}</ToneBadge>
            )}
          </div>
          <table className={classes.read}>
            <thead><tr><th>{t('profile.test_code')}</th><th>{t('profile.value')}</th><th>{t('profile.flags')}</th><th>{t('mapping.parameter')}</th></tr></thead>
            <tbody>
              {sample.results.map((each, index) => (
                <tr key={index} data-skipped={each.skipped || undefined}>
                  <td className={classes.mono}>{each.testCode || <span className={classes.missing}>{t('try.empty')}</span>}</td>
                  <td><b>{each.value || <span className={classes.missing}>{t('try.empty')}</span>}</b> {each.unit}</td>
                  <td>{[...each.flags, each.status && `(${each.status})`].filter(Boolean).join(' ')}</td>
                  <td>{each.skipped ? t('try.skipped') : each.parameter ? <code>{each.parameter}</code> : <span className={classes.missing}>{t('try.unmapped')}</span>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ))}
    </>
  )
}
