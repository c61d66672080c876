import { Button, Progress, Tooltip } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconClearAll } from '@tabler/icons-react'
import { useLocation } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../platform/session.ts'
import { isRunning, progressOf, type Job } from '../platform/uploads/upload-job.ts'
import { uploads, useUploadJobs, warnBeforeLeaving } from '../platform/uploads/uploads.ts'
import { toneStyle } from '../ui/tone-style.ts'
import { CheckWatch } from './check-watch.tsx'
import { useFileShield } from './use-file-shield.ts'
import { UploadRow } from './upload-row.tsx'
import classes from './upload-tray.module.css'

const needsSomebody = ({ state }: Job): boolean => ['interrupted', 'failed', 'refused'].includes(state)

const lists = ['/', '/worklist', '/accessions', '/storage']

/** What is on its way to the store, from whatever page: a line below every page, and a list that opens above it. */
export function UploadTray() {
  const { t } = useTranslation('shell')
  const { user, lab } = useSession()
  const jobs = useUploadJobs()
  const [opened, setOpened] = useState(false)
  useFileShield()
  useEffect(() => warnBeforeLeaving(), [])
  useEffect(() => void uploads.ownedBy(`${lab.id}:${user.id}`), [lab.id, user.id])

  const attention = jobs.filter(needsSomebody).length
  const { pathname } = useLocation()
  const overList = lists.includes(pathname)
  const signature = jobs.map((job) => `${job.key}${needsSomebody(job) ? '!' : ''}`).join(' ')
  const known = useRef('')
  useEffect(() => {
    const before = known.current.split(' ')
    known.current = signature
    // Over lists it opens by itself for what is new or needs somebody; other pages have their buttons there.
    if (overList && signature.split(' ').some((each) => !before.includes(each))) setOpened(true)
  }, [signature, overList])
  useEffect(() => {
    if (!overList) setOpened(false)
  }, [overList])
  if (jobs.length === 0) return null
  const running = jobs.filter(isRunning)
  const checking = jobs.filter(({ state }) => state === 'checking')
  const done = jobs.filter(({ state }) => state === 'ready')
  const says = attention > 0
    ? t('uploads.attention', { count: attention })
    : running.length > 0 ? t('uploads.running', { count: running.length }) : checking.length > 0 ? t('uploads.checking', { count: checking.length }) : t('uploads.done', { count: done.length })
  const Chevron = opened ? IconChevronDown : IconChevronUp
  return (
    <aside className={classes.tray} aria-label={t('uploads.label')} data-no-print>
      {checking.map((job) => <CheckWatch key={job.key} job={job} />)}
      {opened && (
        <div className={classes.panel}>
          <div className={classes.head}>
            <strong>{t('uploads.label')}</strong>
            {done.length > 0 && (
              <Button size="compact-sm" variant="subtle" leftSection={<IconClearAll size={15} />} onClick={() => done.forEach(({ key }) => uploads.drop(key))}>
                {t('uploads.clear')}
              </Button>
            )}
          </div>
          <ul className={classes.jobs}>{jobs.map((job) => <UploadRow key={job.key} job={job} />)}</ul>
        </div>
      )}
      <Tooltip label={t(opened ? 'uploads.hide' : 'uploads.show')}>
        <button
          type="button" className={classes.line} aria-expanded={opened} data-attention={attention > 0 || undefined} style={toneStyle('amber')}
          onClick={() => setOpened(!opened)}
        >
          <span role="status">{says}</span>
          {running.length > 0 && (
            <Progress w={90} size="sm" value={(running.reduce((sum, job) => sum + progressOf(job), 0) / running.length) * 100} aria-label={t('uploads.label')} />
          )}
          <Chevron size={16} aria-hidden />
        </button>
      </Tooltip>
    </aside>
  )
}

