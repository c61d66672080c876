import type { MolecularEntry } from '@aliquot/contracts'
import { Button, Checkbox, SegmentedControl, TextInput } from '@mantine/core'
import { IconCheck, IconDeviceFloppy, IconPencil } from '@tabler/icons-react'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts, type SectionsEntryProps } from '../../../platform/index.ts'
import { KeyHint, ToneBadge } from '../../../ui/index.ts'
import { AddOrganism } from './add-organism.tsx'
import { Conflicts } from './conflicts.tsx'
import { ControlFields } from './control-fields.tsx'
import { moveByKeys } from './move-by-keys.ts'
import { RerunButton } from './rerun-button.tsx'
import { ResistanceGrid } from './resistance-grid.tsx'
import { SummaryLine } from './summary-line.tsx'
import { TargetTable } from './target-table.tsx'
import { useMolecularEntry, type Entry } from './use-molecular-entry.ts'
import classes from './entry.module.css'

/** The sheet of one report: controls above, targets with what follows from each reading, the resistance table beside or below. */
export function EntrySheet({ entry: data, onDirty }: { entry: MolecularEntry } & SectionsEntryProps) {
  const { t } = useTranslation('molecularEntry')
  const entry = useMolecularEntry(data, onDirty)
  const { sheet, editable, changes, amending, busy } = entry
  const culture = data.plan.kind === 'culture'
  const may = (action: MolecularEntry['actions'][number]) => data.actions.includes(action)
  const blocked = busy || entry.conflicts.length > 0
  useShortcuts([
    ...(editable && !amending ? [
      { keys: 'mod+s', label: t('save'), run: () => void (!blocked && changes > 0 && entry.save()) },
      { keys: 'mod+enter', label: t('complete'), run: () => void (!blocked && may('complete') && entry.complete()) },
    ] : []),
    ...(editable && !culture ? [{ keys: 'f8', label: t('rest'), run: entry.restNotDetected }] : []),
  ])

  // The keys are those of the fields inside, which bubble up here.
  const keys = { onKeyDown: (event: KeyboardEvent) => {
    // While somebody types, the page's own keys rest; this one is pressed in a field.
    if (event.key === 'F8' && editable && !culture) entry.restNotDetected()
    moveByKeys(event)
  } }
  return (
    <div
      className={classes.sheet} role="group" aria-label={t('controls_and_targets')} {...keys}
    >
      <SummaryLine sheet={sheet} culture={culture} />
      <Conflicts entry={entry} />
      {sheet.controls.length > 0 && <ControlFields entry={entry} />}
      {culture && (
        <div className={classes.bar}>
          <SegmentedControl
            aria-label={t('growth.label')} value={sheet.growth} disabled={!editable}
            data={[{ value: '', label: t('growth.open') }, { value: 'no_growth', label: t('growth.none') }, { value: 'growth', label: t('growth.some') }]}
            onChange={(value) => entry.set('growth', value)}
          />
          <Checkbox
            label={t('surveillance')} description={t('surveillance_about')} checked={sheet.surveillance} disabled={!editable}
            onChange={(event) => entry.set('surveillance', event.currentTarget.checked ? 'yes' : '')}
          />
        </div>
      )}
      <div className={classes.columns}>
        <div className={classes.column}>
          <TargetTable entry={entry} kind="organism" />
          {editable && <AddOrganism entry={entry} />}
          <TargetTable entry={entry} kind="gene" />
        </div>
        <ResistanceGrid entry={entry} />
      </div>
      <Actions entry={entry} />
    </div>
  )
}

/** What can be done with the sheet as it stands; verifying and signing are the page's. */
function Actions({ entry }: { entry: Entry }) {
  const { t } = useTranslation('molecularEntry')
  const { sheet, editable, changes, amending, busy, entry: data } = entry
  const [reason, setReason] = useState('')
  const culture = data.plan.kind === 'culture'
  const may = (action: MolecularEntry['actions'][number]) => data.actions.includes(action)
  const blocked = busy || entry.conflicts.length > 0
  return (
    <div className={classes.actions}>
      <span role="status" className={classes.quiet}>{changes > 0 ? t('unsaved', { count: changes }) : amending ? t('amending') : t('all_saved')}</span>
      {editable && !culture && <Button variant="default" rightSection={<KeyHint keys="f8" />} onClick={entry.restNotDetected}>{t('rest')}</Button>}
      <RerunButton entry={entry} />
      {!editable && may('save') && <Button variant="default" leftSection={<IconPencil size={16} />} onClick={entry.edit}>{t('edit')}</Button>}
      {!editable && may('amend') && <Button variant="default" leftSection={<IconPencil size={16} />} onClick={entry.amend}>{t('amend')}</Button>}
      {(changes > 0 || amending) && <Button variant="default" onClick={entry.discard}>{t('discard')}</Button>}
      {amending && (
        <form className={classes.amend} onSubmit={(event) => {
          event.preventDefault()
          if (reason.trim()) void entry.finishAmending(reason.trim())
        }}>
          <TextInput aria-label={t('amend_reason')} placeholder={t('amend_reason')} value={reason} maxLength={500} onChange={(event) => setReason(event.currentTarget.value)} />
          <Button type="submit" disabled={changes === 0 || !reason.trim() || blocked} loading={busy}>{t('amend_go')}</Button>
        </form>
      )}
      {editable && !amending && (
        <>
          <Button
            variant="default" leftSection={<IconDeviceFloppy size={16} />} rightSection={<KeyHint keys="mod+s" />} disabled={changes === 0 || blocked} loading={busy}
            onClick={() => void entry.save()}
          >
            {t('save')}
          </Button>
          {may('complete') && (
            <Button leftSection={<IconCheck size={16} />} rightSection={<KeyHint keys="mod+enter" />} disabled={blocked} loading={busy} onClick={() => void entry.complete()}>
              {t('complete')}
            </Button>
          )}
        </>
      )}
      {culture || sheet.run.amplified !== 'failed' ? null : <ToneBadge tone="red">{t('control_failed')}</ToneBadge>}
    </div>
  )
}
