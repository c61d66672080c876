import { Button, Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { progressOf, uploads, type UploadJob } from '../../../platform/index.ts'
import { wordsFor } from '../../../platform/toast.tsx'
import classes from './files.module.css'

const running: readonly UploadJob['state'][] = ['queued', 'sending', 'waiting', 'attaching']

/** Not attached yet: it is shown in place of the file. */
export const isHere = ({ state }: UploadJob): boolean => state !== 'checking' && state !== 'refused' && state !== 'ready'

/** How far the files of this report are, where they will stand. */
export function SendingPanel({ job }: { job: UploadJob }) {
  const { t } = useTranslation('reports')
  const { t: tray } = useTranslation('shell')
  const percent = Math.round(progressOf(job) * 100)
  const why = job.problem ? wordsFor(job.problem) : null
  const busy = running.includes(job.state)
  return (
    <section className={classes.sending} aria-label={t('file.sending')}>
      <ul className={classes.sendingFiles}>{job.parts.map(({ key, file }) => <li key={key}>{file.name}</li>)}</ul>
      <Progress value={percent} size="md" aria-label={t('file.sending')} {...(busy ? {} : { color: 'gray' })} />
      <div className={classes.sendingState} role={job.state === 'failed' ? 'alert' : 'status'} data-failed={job.state === 'failed' || undefined}>
        {tray(`uploads.state.${job.state}`, { percent, why: [why?.title, why?.message].filter(Boolean).join(' ') })}
      </div>
      <div className={classes.buttons}>
        {!busy && <Button onClick={() => void uploads.goOn(job.key)}>{tray(job.state === 'failed' ? 'uploads.again' : 'uploads.go_on')}</Button>}
        {job.state !== 'attaching' && <Button variant="default" onClick={() => uploads.drop(job.key)}>{t('file.cancel')}</Button>}
      </div>
    </section>
  )
}
