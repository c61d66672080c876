import type { DeviceResult } from '@aliquot/contracts'
import { IconAlertTriangle, IconFlag, IconMessage } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { DateTime, FlagMark, ToneBadge } from '../../../ui/index.ts'
import { ResultMark } from '../state-marks.tsx'
import { changeOf } from './doubtless.ts'
import classes from './queue.module.css'

interface ResultRowProps {
  id: string
  result: DeviceResult
  active: boolean
  selected: boolean
  gone: boolean
  /** Where the heading is a reason, the row says whose it is. */
  withSample: boolean
  /** undefined: rows cannot be selected. */
  onSelect: ((range: boolean) => void) | undefined
  onActivate: () => void
}

export function ResultRow({ id, result, active, selected, gone, withSample, onSelect, onActivate }: ResultRowProps) {
  const { t } = useTranslation('devices')
  const { parameter, testCode, instrument, measuredAt, receivedAt, report, messageId } = result
  return (
    <div
      id={id} role="row" tabIndex={-1} className={classes.row} aria-selected={onSelect ? selected : undefined} data-active={active || undefined}
      data-gone={gone || undefined} data-sample={withSample || undefined} onClick={onActivate}
    >
      <span role="gridcell" className={classes.check}>
        {onSelect && !gone && <input type="checkbox" tabIndex={-1} checked={selected} aria-label={t('queue.select')} onChange={() => {}} onClick={(event) => onSelect(event.shiftKey)} />}
      </span>
      {withSample && (
        <span role="gridcell" className={classes.cell}>
          <span className={classes.cut} title={report?.patient}>{report ? report.patient : <span className={classes.sample}>{result.sampleId || t('queue.no_sample')}</span>}</span>
          <span className={classes.second}>
            {report ? <>{result.sampleId} · <Link to="/reports/$reportId" params={{ reportId: String(report.id) }} className={classes.link} tabIndex={-1}>{report.number}</Link></> : t('queue.no_report')}
          </span>
        </span>
      )}
      <span role="gridcell" className={classes.cell}>
        <span className={classes.cut} title={parameter?.name}>{parameter ? parameter.name : <span className={classes.quiet}>{t('queue.no_parameter')}</span>}</span>
        <span className={`${classes.second} ${classes.code}`} title={testCode}>{testCode}</span>
      </span>
      <span role="gridcell" className={classes.cell}><Value result={result} /></span>
      <span role="gridcell" className={`${classes.cell} ${classes.before}`}><Previous result={result} /></span>
      <span role="gridcell" className={classes.marks}><Marks result={result} gone={gone} /></span>
      <span role="gridcell" className={`${classes.cell} ${classes.source}`}>
        <span className={classes.cut} title={instrument?.name}>{instrument?.name ?? t('queue.no_instrument')}</span>
        <span className={classes.second}>
          <Link
            to="/instruments/messages/$messageId" params={{ messageId: String(messageId) }} className={classes.link} tabIndex={-1}
            title={t('queue.open_message')}
          >
            <DateTime at={measuredAt ?? receivedAt} />
          </Link>
        </span>
      </span>
    </div>
  )
}

/** What speaks against a result, and what the instrument said about it. */
function Marks({ result, gone }: { result: DeviceResult; gone: boolean }) {
  const { t } = useTranslation('devices')
  const decided = result.decidedAt !== null && (result.state === 'released' || result.state === 'dismissed')
  if (gone) return <ToneBadge tone="neutral">{t('queue.gone')}</ToneBadge>
  return (
    <>
      {result.state !== 'waiting' && result.state !== 'held' && <ResultMark state={result.state} />}
      {result.state === 'waiting' && result.reason && (
        <ToneBadge tone="amber" icon={<IconAlertTriangle size={12} aria-hidden />} note={t(`reason_about.${result.reason}`)}>
          {t(`reason.${result.reason}`)}
        </ToneBadge>
      )}
      {result.flags.map((flag) => <ToneBadge key={flag} tone="neutral" icon={<IconFlag size={12} aria-hidden />} note={t('queue.flag_about')}>{flag}</ToneBadge>)}
      {result.comments.length > 0 && (
        <ToneBadge tone="neutral" icon={<IconMessage size={12} aria-hidden />} note={result.comments.join('\n')}>
          {result.comments[0]?.slice(0, 30)}
        </ToneBadge>
      )}
      {decided && <span className={classes.quiet}>{result.decidedBy?.name} <DateTime at={result.decidedAt} /></span>}
      {result.detail && result.state !== 'released' && <span className={classes.detail} title={result.detail}>{result.detail}</span>}
    </>
  )
}

/** The value as the report would have it, and below it what was sent where that differs. */
function Value({ result }: { result: DeviceResult }) {
  const { t } = useTranslation('devices')
  const sent = [result.value || '–', result.unit].filter(Boolean).join(' ')
  const becomes = result.result === null ? null : [result.result, result.resultUnit].filter(Boolean).join(' ')
  if (becomes === null) return <span className={classes.value}>{sent}</span>
  return (
    <>
      <span className={classes.value} data-tabular><b>{result.result}</b> <span className={classes.unit}>{result.resultUnit}</span> <FlagMark flag={result.resultFlag} /></span>
      {becomes !== sent && <span className={classes.second} title={`${sent} → ${becomes}`}>{t('queue.sent', { sent })}</span>}
    </>
  )
}

function Previous({ result: { result, previous } }: { result: DeviceResult }) {
  const { t } = useTranslation('devices')
  if (!previous) return <span className={classes.quiet}>{t('queue.no_previous')}</span>
  const change = changeOf(result, previous.value)
  return (
    <>
      <span data-tabular>{previous.value}{change !== null && <span className={classes.change} data-large={Math.abs(change) >= 50 || undefined}> {change > 0 ? '+' : ''}{change} %</span>}</span>
      <span className={classes.second}><DateTime at={previous.at} /></span>
    </>
  )
}
