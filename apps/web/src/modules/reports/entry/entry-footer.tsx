import { Button } from '@mantine/core'
import { IconCheck, IconChecks, IconDeviceFloppy, IconPencil, IconSignature, type Icon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../../../platform/index.ts'
import { KeyHint } from '../../../ui/index.ts'
import { focusFirstEmpty } from './focus.ts'
import { isUnchecked, RestingSteps } from '../files/resting-steps.tsx'
import { MoreMenu } from './more-menu.tsx'
import { nextSteps, type FooterStep } from './next-steps.ts'
import type { Entry } from './use-entry.ts'
import type { Commands } from './use-report-commands.ts'
import classes from './entry.module.css'

interface EntryFooterProps {
  entry: Entry
  /** Something is typed into the sections of another module. */
  dirty: boolean
  commands: Commands
  onHistory: () => void
  onAmend: () => void
  onReplace: () => void
}

interface Offer {
  label: string
  icon?: Icon
  keys?: string
  disabled?: boolean
  run: () => void
}

/** What to do next, as far as this person may: the usual step is the filled button. */
export function EntryFooter({ entry, dirty: elsewhere, commands, onHistory, onAmend, onReplace }: EntryFooterProps) {
  const { t } = useTranslation('reports')
  const { report, editable, amending } = entry
  const dirty = entry.changes > 0 || elsewhere
  const bySections = report.entry === 'sections'
  const offers: Record<FooterStep, Offer> = {
    edit: {
      label: t('entry.edit'), icon: IconPencil, keys: 'e', run: () => {
        entry.edit(true)
        requestAnimationFrame(focusFirstEmpty)
      },
    },
    stop: { label: t('entry.stop_editing'), run: () => entry.edit(false) },
    save: { label: t('entry.save'), icon: IconDeviceFloppy, keys: 'mod+s', disabled: !dirty, run: () => void commands.save() },
    complete: { label: t('entry.complete'), icon: IconCheck, keys: 'mod+enter', run: () => void commands.complete() },
    verify: { label: t('entry.verify'), icon: IconChecks, keys: 'v', run: () => void commands.verify() },
    sign: { label: t(report.status === 'completed' ? 'entry.verify_and_sign' : 'entry.sign'), icon: IconSignature, keys: 's', run: () => void commands.sign() },
    stop_amending: {
      label: t('amend.stop'), run: () => {
        entry.discard()
        entry.amend(false)
      },
    },
    amend: { label: t('amend.go'), icon: IconPencil, keys: 'mod+enter', disabled: !dirty || entry.conflicts.length > 0, run: onAmend },
  }
  const fields = !report.flags.isFile && report.doneWith === null && (!bySections || entry.changes > 0)
  const steps = nextSteps({ ...report, editable, amending, dirty, fields, unchecked: isUnchecked(report) })
  useShortcuts(steps.flatMap((step) => {
    const { keys, label, disabled, run } = offers[step]
    return keys ? [{ keys, label, run: () => !disabled && commands.busy === null && run() }] : []
  }))

  return (
    <footer className={classes.footer}>
      <State entry={entry} last={commands.last} />
      {editable && report.definition.formatType === 1 && !report.flags.isFile && (
        <span className={classes.keys} aria-hidden><KeyHint keys="enter" /> {t('entry.keys_next')} <KeyHint keys="f2" /> {t('entry.keys_note')}</span>
      )}
      <MoreMenu entry={entry} commands={commands} onHistory={onHistory} onReplace={onReplace} />
      <RestingSteps report={report} />
      {steps.map((step, at) => {
        const { label, icon: StepIcon, keys, disabled, run } = offers[step]
        const usual = at === steps.length - 1 && step !== 'edit' && step !== 'stop'
        return (
          <Button
            key={step} variant={usual ? 'filled' : 'default'} data-next-step={usual || undefined} disabled={disabled ?? false}
            loading={commands.busy === step}
            leftSection={StepIcon && <StepIcon size={16} />} rightSection={keys && <KeyHint keys={keys} />} onClick={run}
          >
            {label}
          </Button>
        )
      })}
    </footer>
  )
}

/** Saved or not, and what was done last. */
function State({ entry, last }: { entry: Entry; last: Commands['last'] }) {
  const { t } = useTranslation('reports')
  const { changes, amending, editable } = entry
  const words = changes > 0 ? t('entry.unsaved', { count: changes }) : amending ? t('amend.nothing') : last ? t(`entry.done.${last}`) : editable && !entry.report.flags.isFile ? t('entry.saved') : null
  return <span className={classes.state} role="status" data-dirty={changes > 0 || undefined} data-done={last !== null || undefined}>{words}</span>
}
