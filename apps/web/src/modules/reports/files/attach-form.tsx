import type { Letterhead } from '@aliquot/contracts'
import { Button, Group, Radio, Stack, Textarea } from '@mantine/core'
import { IconAlertTriangle, IconUpload } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { toastProblem, ApiProblem, uploads, type UploadTarget } from '../../../platform/index.ts'
import { ChosenFiles } from './chosen-files.tsx'
import { DropZone } from './drop-zone.tsx'
import classes from './files.module.css'
import { useChosenFiles } from './use-chosen-files.ts'

interface AttachFormProps {
  target: UploadTarget
  initial?: readonly File[]
  letterhead?: Letterhead
  /** The report is signed: another file amends it. */
  askReason?: boolean
  onStarted?: () => void
  onCancel?: () => void
}

/** Choose, put in order, say whose letterhead; then everything goes on by itself. */
export function AttachForm({ target, initial = [], letterhead: before = 'add', askReason = false, onStarted, onCancel }: AttachFormProps) {
  const { t } = useTranslation('reports')
  const { files, refusals, tooMany, set, add } = useChosenFiles(initial)
  const [letterhead, setLetterhead] = useState<Letterhead>(before)
  const [reason, setReason] = useState('')
  const [asked, setAsked] = useState(false)
  const reasonMissing = askReason && reason.trim() === ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    if (files.length === 0 || tooMany || reasonMissing) return
    const started = uploads.add({ ...target, letterhead, ...(askReason ? { reason: reason.trim() } : {}) }, files)
    if (started) onStarted?.()
    else toastProblem(new ApiProblem({ status: 409, code: 'upload.on_its_way', title: t('file.on_its_way') }))
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {refusals.length > 0 && (
          <ul className={classes.refusals} role="alert">
            {refusals.map((refusal) => <li key={refusal}><IconAlertTriangle size={15} aria-hidden /> {refusal}</li>)}
          </ul>
        )}
        {files.length > 0 && <ChosenFiles files={files} onChange={set} />}
        <DropZone compact={files.length > 0} onFiles={add} />
        {files.length > 0 && (
          <>
            {files.length > 1 && <p className={classes.quiet}>{t('file.one_report', { count: files.length })}</p>}
            {tooMany && <p className={classes.error} role="alert">{t('file.too_many')}</p>}
            <Radio.Group label={t('file.letterhead')} value={letterhead} onChange={(value) => setLetterhead(value as Letterhead)}>
              <Stack gap={6} mt={4}>
                <Radio value="add" label={t('file.letterhead_add')} />
                <Radio value="own" label={t('file.letterhead_own')} />
              </Stack>
            </Radio.Group>
            {askReason && (
              <Textarea
                label={t('file.reason')} description={t('file.reason_text')} withAsterisk autosize minRows={2} maxLength={500} value={reason}
                error={asked && reasonMissing ? t('reason_missing') : null} onChange={(event) => setReason(event.currentTarget.value)}
              />
            )}
          </>
        )}
        {(files.length > 0 || onCancel) && (
          <Group justify="flex-end" gap="sm">
            {onCancel && <Button variant="default" onClick={onCancel}>{t('file.cancel')}</Button>}
            {files.length > 0 && <Button type="submit" leftSection={<IconUpload size={16} />}>{t('file.upload', { count: files.length })}</Button>}
          </Group>
        )}
      </Stack>
    </form>
  )
}
