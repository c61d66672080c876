import type { DeviceResult } from '@aliquot/contracts'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { DateTime, FlagMark } from '../../../ui/index.ts'
import { ResultMark } from '../state-marks.tsx'
import classes from './message.module.css'

/** What was read from a message, by sample, and what became of each result. */
export function MessageResults({ entries }: { entries: readonly DeviceResult[] }) {
  const { t } = useTranslation('devices')
  const samples = Map.groupBy(entries, ({ sampleId }) => sampleId)
  return [...samples].map(([sampleId, results]) => (
    <div key={sampleId} className={classes.sample}>
      <div className={classes.sampleHead}>
        <b className={classes.code}>{sampleId || t('queue.no_sample')}</b> {results[0]?.report && <span className={classes.quiet}>{results[0].report.patient}</span>}
      </div>
      <ul className={classes.results}>
        {results.map((entry) => (
          <li key={entry.id}>
            <div className={classes.what}>
              <span>{entry.parameter?.name ?? <span className={classes.quiet}>{t('queue.no_parameter')}</span>}</span>
              <span className={`${classes.quiet} ${classes.code}`}>{entry.testCode}</span>
            </div>
            <div className={classes.what}>
              <span><b>{entry.value || '–'}</b> {entry.unit} {entry.flags.length > 0 && <span className={classes.flags}>{entry.flags.join(' ')}</span>}</span>
              {entry.result !== null && <span className={classes.becomes}>{!sameAsSent(entry) && <>→ {entry.result} {entry.resultUnit}</>}<FlagMark flag={entry.resultFlag} /></span>}
            </div>
            <div className={classes.what}>
              <span><ResultMark state={entry.state} /></span>
              <span className={classes.quiet}>
                {entry.reason && (
                  <Link to="/instruments/results" search={{ state: 'held', reason: entry.reason }} className={classes.link}>
                    {t(`reason.${entry.reason}`)}
                  </Link>
                )}
                {entry.report && !entry.reason && (
                  <Link to="/reports/$reportId" params={{ reportId: String(entry.report.id) }} className={classes.link}>{entry.report.number}</Link>
                )}
                {entry.decidedAt && <> {entry.decidedBy?.name} <DateTime at={entry.decidedAt} /></>}
              </span>
            </div>
            {(entry.detail ?? entry.comments[0]) && <div className={classes.detail}>{[entry.detail, ...entry.comments].filter(Boolean).join(' · ')}</div>}
          </li>
        ))}
      </ul>
    </div>
  ))
}

const sameAsSent = ({ value, unit, result, resultUnit }: DeviceResult): boolean => value === result && unit === resultUnit
