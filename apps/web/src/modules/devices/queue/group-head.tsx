import type { DeviceResult, HoldReason } from '@aliquot/contracts'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../platform/index.ts'
import { StatusBadge } from '../../../ui/index.ts'
import { ReplayButton } from '../replay/replay-button.tsx'
import { holdSteps } from './hold-help.ts'
import classes from './queue.module.css'
import type { ResultGroup } from './result-groups.ts'

export interface GroupHeadProps {
  group: ResultGroup
  /** Rows that are done and only stand there still. */
  gone: ReadonlySet<number>
  byReason: boolean
  /** For held ones: what is done with all of the heading. */
  onMatch: (results: readonly DeviceResult[]) => void
}

export function GroupHead({ group: { results }, gone, byReason, onMatch }: GroupHeadProps) {
  const open = results.filter(({ id }) => !gone.has(id))
  const reason = results[0]?.reason ?? null
  if (!byReason || reason === null) return <ReportHead results={results} />
  return <ReasonHead reason={reason} results={open} onMatch={() => onMatch(open)} />
}

/** Whose results these are and which report they go to. */
function ReportHead({ results }: { results: readonly DeviceResult[] }) {
  const { t } = useTranslation('devices')
  const first = results[0]
  if (!first) return null
  const { report, sampleId } = first
  if (!report) return <div className={classes.head}><b>{sampleId || t('queue.no_sample')}</b><span className={classes.quiet}>{t('queue.no_report')}</span></div>
  return (
    <div className={classes.head}>
      <b className={classes.who}>{report.patient}</b>
      <span className={classes.quiet}>{report.patientNumber}</span>
      <Link to="/reports/$reportId" params={{ reportId: String(report.id) }} className={classes.link} tabIndex={-1}>{report.test}</Link>
      <span className={classes.quiet}>{report.number} · {t('queue.sample', { id: sampleId })}</span>
      <StatusBadge status={report.status} />
    </div>
  )
}

interface ReasonHeadProps {
  reason: HoldReason
  results: readonly DeviceResult[]
  onMatch: () => void
}

/** Why these are held, what to do about it, and the way to do it. */
function ReasonHead({ reason, results, onMatch }: ReasonHeadProps) {
  const { t } = useTranslation('devices')
  const { can } = useSession()
  const instruments = new Map(results.flatMap(({ instrument }) => (instrument ? [[instrument.id, instrument.name] as const] : [])))
  return (
    <div className={`${classes.head} ${classes.reasonHead}`}>
      <div className={classes.why}>
        <b>{t(`reason.${reason}`)}</b> <span className={classes.count}>{results.length}</span>
        <div className={classes.quiet}>{t(`reason_about.${reason}`)}</div>
      </div>
      <div className={classes.steps}>
        {holdSteps[reason].map((step) => {
          if (step === 'match') return can('devices.release') && results.length > 0 && (
            <Button key={step} size="xs" onClick={onMatch}>{t('step.match')}</Button>
          )
          if (step === 'receive') return <Button key={step} size="xs" component={Link} to="/scan">{t('step.receive')}</Button>
          if (step === 'control') return (
            <Button key={step} size="xs" variant="default" component={Link} to="/instruments/qc">{t('step.control')}</Button>
          )
          if (step === 'instrument') return <Button key={step} size="xs" component={Link} to="/instruments">{t('step.instrument')}</Button>
          if (step === 'profile') return (
            <Button key={step} size="xs" variant="default" component={Link} to="/instruments/profiles">{t('step.profile')}</Button>
          )
          if (step === 'map') return [...instruments].map(([id, name]) => <Button key={id} size="xs" component={Link} to={`/instruments/${id}/codes`}>{t('step.map', { name })}</Button>)
          return <span key={step} className={classes.quiet}>{t('step.report')}</span>
        })}
        <ReplayButton messageIds={[...new Set(results.map(({ messageId }) => messageId))]} />
      </div>
    </div>
  )
}
