import { ActionIcon, Button, Progress, Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconFileSearch, IconFileTypePdf, IconPlugConnectedX, IconPlayerPause, IconX, type Icon } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { wordsFor } from '../platform/toast.tsx'
import { isRunning, nameOf, progressOf, type Job } from '../platform/uploads/upload-job.ts'
import { uploads } from '../platform/uploads/uploads.ts'
import type { Tone } from '../theme/tones.ts'
import { toneStyle } from '../ui/tone-style.ts'
import classes from './upload-tray.module.css'

const looks: Record<Job['state'], { icon: Icon; tone: Tone }> = {
  interrupted: { icon: IconPlayerPause, tone: 'amber' },
  queued: { icon: IconFileTypePdf, tone: 'neutral' },
  sending: { icon: IconFileTypePdf, tone: 'blue' },
  waiting: { icon: IconPlugConnectedX, tone: 'amber' },
  attaching: { icon: IconFileTypePdf, tone: 'blue' },
  checking: { icon: IconFileSearch, tone: 'blue' },
  ready: { icon: IconCheck, tone: 'green' },
  refused: { icon: IconAlertTriangle, tone: 'red' },
  failed: { icon: IconAlertTriangle, tone: 'red' },
}

/** One upload: which file, whose report, how far, and what can be done about it. */
export function UploadRow({ job }: { job: Job }) {
  const { t } = useTranslation('shell')
  const { target, state, parts } = job
  const names = nameOf(job)
  const shown = parts.length === 1 ? names : t('uploads.files', { count: parts.length, names })
  const look = looks[state]
  const why = job.object?.refusedBecause ?? sentence(job)
  const running = isRunning(job)
  return (
    <li className={classes.job} style={toneStyle(look.tone)}>
      <look.icon size={18} aria-hidden className={classes.mark} />
      <div className={classes.what}>
        <div className={classes.name} title={names}>{shown}</div>
        <Link to="/reports/$reportId" params={{ reportId: String(target.reportId) }} className={classes.report} title={t('uploads.open')}>
          {target.patient.fullName} · {target.test}
        </Link>
        {running && <Progress size="xs" my={4} value={progressOf(job) * 100} aria-label={shown} />}
        <div className={classes.state} role={state === 'failed' || state === 'refused' ? 'alert' : undefined}>
          {t(`uploads.state.${state}`, { percent: Math.round(progressOf(job) * 100), why })}
        </div>
      </div>
      {(state === 'failed' || state === 'interrupted') && (
        <Button size="compact-sm" variant="default" onClick={() => void uploads.goOn(job.key)}>{t(state === 'failed' ? 'uploads.again' : 'uploads.go_on')}</Button>
      )}
      {state !== 'attaching' && (
        <Tooltip label={t(running ? 'uploads.cancel' : 'uploads.dismiss', { name: shown })}>
          <ActionIcon variant="subtle" color="gray" aria-label={t(running ? 'uploads.cancel' : 'uploads.dismiss', { name: shown })} onClick={() => uploads.drop(job.key)}>
            <IconX size={16} />
          </ActionIcon>
        </Tooltip>
      )}
    </li>
  )
}

function sentence({ problem }: Job): string {
  if (!problem) return ''
  const { title, message } = wordsFor(problem)
  return [title, message].filter(Boolean).join(' ')
}
