import { listWorklist, statusesAllowing, type WorklistRow } from '@aliquot/contracts'
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RemoteSelect, type Choice } from '../../../ui/index.ts'
import { takesFile } from './target-of.ts'

interface ChooseReportDialogProps {
  /** null: closed. */
  files: readonly File[] | null
  onChosen: (row: WorklistRow) => void
  onClose: () => void
}

/** For files that were dropped beside the rows: whose are they? */
export function ChooseReportDialog({ files, onChosen, onClose }: ChooseReportDialogProps) {
  const { t } = useTranslation('reports')
  return (
    <Modal opened={files !== null} onClose={onClose} title={t('file.whose', { count: files?.length ?? 0 })}>
      {files && <ChooseReport names={files.map(({ name }) => name).join(', ')} onChosen={onChosen} onClose={onClose} />}
    </Modal>
  )
}

const choiceOf = (row: WorklistRow): Choice<WorklistRow> => ({
  id: row.reportId, label: `${row.patient.fullName} · ${row.test.name}`, hint: `${row.patient.number} · ${row.reportNumber}`, item: row,
})

function ChooseReport({ names, onChosen, onClose }: { names: string; onChosen: (row: WorklistRow) => void; onClose: () => void }) {
  const { t } = useTranslation('reports')
  const [choice, setChoice] = useState<Choice<WorklistRow> | null>(null)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (choice?.item) onChosen(choice.item)
      }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>{names}</Text>
        <RemoteSelect
          route={listWorklist} input={(q) => ({ query: { status: statusesAllowing('attach_file'), limit: 100, ...(q ? { q } : {}) } })}
          items={({ items }) => items.filter(takesFile)} value={choice} onChange={setChoice} label={t('file.report')}
          placeholder={t('worklist.search')} data-autofocus choice={choiceOf}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>{t('file.cancel')}</Button>
          <Button type="submit" disabled={!choice}>{t('file.go_on')}</Button>
        </Group>
      </Stack>
    </form>
  )
}
