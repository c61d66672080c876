import type { LedgerEntry } from '@aliquot/contracts'
import { useTranslation } from 'react-i18next'
import { DateTime, toneStyle } from '../../ui/index.ts'
import type { Tone } from '../../theme/tones.ts'
import classes from './storage.module.css'

interface Step {
  name: string
  at: string | null
  by?: string
  done: boolean
  tone?: Tone
}

/** The way of a file: reserved, uploaded, checked, attached, removed. The ledger keeps no time of the arrival itself. */
export function EntrySteps({ entry }: { entry: LedgerEntry }) {
  const { t } = useTranslation('storage')
  const { state, refusedBecause, createdAt, createdBy, checkedAt, attachedAt, removedAt, bytesDeletedAt, uploadUntil } = entry
  const arrived = state !== 'reserved' && !(state === 'removed' && checkedAt === null)
  const steps: Step[] = [
    { name: t('step.reserved'), at: createdAt, by: createdBy.name, done: true },
    arrived ? { name: t('step.uploaded'), at: null, done: true } : { name: t('step.upload_until'), at: uploadUntil, done: false },
    refusedBecause === null
      ? { name: t('step.checked'), at: checkedAt, done: checkedAt !== null }
      : { name: t('step.refused'), at: checkedAt, done: true, tone: 'red' },
    { name: t('step.attached'), at: attachedAt, done: attachedAt !== null },
    ...(state === 'superseded' ? [{ name: t('step.superseded'), at: null, done: true }] : []),
    ...(removedAt === null ? [] : [{ name: t('step.removed'), at: removedAt, done: true }]),
    ...(removedAt === null ? [] : [{ name: t('step.bytes_deleted'), at: bytesDeletedAt, done: bytesDeletedAt !== null }]),
  ]
  return (
    <ol className={classes.steps}>
      {steps.map(({ name, at, by, done, tone = 'green' }) => (
        <li key={name} data-done={done || undefined} style={toneStyle(done ? tone : 'neutral')}>
          <span>{name}</span>
          {at !== null && <span className={classes.quiet}><DateTime at={at} />{by && ` · ${by}`}</span>}
        </li>
      ))}
    </ol>
  )
}
