import { Button, Checkbox, Group, Modal, Stack, Textarea } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entry } from './use-molecular-entry.ts'
import classes from './entry.module.css'

/** Targets that were read, to be measured again; nothing where there is none, or something is not saved yet. */
export function RerunButton({ entry }: { entry: Entry }) {
  const { t } = useTranslation('molecularEntry')
  const [asking, setAsking] = useState(false)
  const { plan, results, actions } = entry.entry
  const read = plan.targets.flatMap(({ key, name }) => {
    const readings = results.find(({ target }) => target === key)?.readings.filter((text) => text !== null) ?? []
    return readings.length > 0 ? [{ key, name, readings: readings.join(', ') }] : []
  })
  if (!actions.includes('rerun') || read.length === 0 || entry.changes > 0 || entry.amending) return null
  return (
    <>
      <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={() => setAsking(true)}>{t('rerun.open')}</Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t('rerun.title')}>
        <RerunForm entry={entry} read={read} onClose={() => setAsking(false)} />
      </Modal>
    </>
  )
}

interface RerunFormProps {
  entry: Entry
  read: { key: string; name: string; readings: string }[]
  onClose: () => void
}

/** Which targets, and why. */
function RerunForm({ entry, read, onClose }: RerunFormProps) {
  const { t } = useTranslation('molecularEntry')
  const [targets, setTargets] = useState<string[]>(read.length === 1 ? read.map(({ key }) => key) : [])
  const [reason, setReason] = useState('')
  const [asked, setAsked] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    if (targets.length > 0 && reason.trim() !== '' && (await entry.rerun(targets, reason.trim()))) onClose()
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <Checkbox.Group label={t('rerun.which')} value={targets} onChange={setTargets} error={asked && targets.length === 0 ? t('rerun.none') : null}>
          <div className={classes.choices}>
            {read.map(({ key, name, readings }) => <Checkbox key={key} value={key} label={<>{name} <b>{readings}</b></>} />)}
          </div>
        </Checkbox.Group>
        <Textarea
          label={t('rerun.why')} description={t('rerun.kept')} withAsterisk autosize minRows={2} maxLength={500} data-autofocus value={reason}
          error={asked && reason.trim() === '' ? t('rerun.why_missing') : null} onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>{t('rerun.close')}</Button>
          <Button type="submit" loading={entry.busy}>{targets.length === 0 ? t('rerun.open') : t('rerun.confirm', { count: targets.length })}</Button>
        </Group>
      </Stack>
    </form>
  )
}
