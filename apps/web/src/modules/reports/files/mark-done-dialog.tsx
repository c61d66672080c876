import { getAccession, markReportsDone, statusesAllowing, type OrderedReport, type Report } from '@aliquot/contracts'
import { Button, Checkbox, Group, Loader, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toastDone, useRouteMutation, useRouteQuery } from '../../../platform/index.ts'
import { EmptyState, ErrorState, StatusBadge } from '../../../ui/index.ts'
import classes from './files.module.css'

const open = statusesAllowing('mark_done')

interface MarkDoneDialogProps {
  report: Report
  opened: boolean
  onClose: () => void
}

/** Other tests of the same order whose results stand in the file of this one. */
export function MarkDoneDialog({ report, opened, onClose }: MarkDoneDialogProps) {
  const { t } = useTranslation('reports')
  return (
    <Modal opened={opened} onClose={onClose} title={t('done_with.title')} size="lg">
      {opened && <Siblings report={report} onClose={onClose} />}
    </Modal>
  )
}

function Siblings({ report, onClose }: { report: Report; onClose: () => void }) {
  const { t } = useTranslation('reports')
  const params = { accessionId: report.accessionId }
  const query = useRouteQuery(getAccession, { params }, { live: [`accession:${report.accessionId}`, 'report'], staleTime: 0 })
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set())
  const mark = useRouteMutation(markReportsDone, {
    refreshes: [getAccession],
    onSuccess: ({ reports }) => {
      toastDone(t('done_with.done', { count: reports.length }))
      onClose()
    },
  })
  if (query.isError) return <ErrorState problem={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <Loader m="md" />
  const siblings = query.data.reports.filter(({ id, status }) => id !== report.id && open.includes(status))
  const chosen = siblings.filter(({ id }) => ticked.has(id))
  if (siblings.length === 0) return <EmptyState title={t('done_with.none')} text={t('done_with.none_text')} />
  const toggle = ({ id }: OrderedReport) => setTicked((before) => {
    const after = new Set(before)
    if (!after.delete(id)) after.add(id)
    return after
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen.length > 0) mark.mutate({ body: { labReportId: report.id, siblingIds: chosen.map(({ id }) => id) } })
      }}
    >
      <Text size="sm" mb="sm">{t('done_with.text', { number: report.number })}</Text>
      <Stack gap={0} className={classes.siblings ?? ''}>
        {siblings.map((sibling) => (
          <div key={sibling.id} className={classes.sibling}>
            <Checkbox label={`${sibling.test.name} · ${sibling.number}`} checked={ticked.has(sibling.id)} onChange={() => toggle(sibling)} />
            <StatusBadge status={sibling.status} />
          </div>
        ))}
      </Stack>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={onClose}>{t('close')}</Button>
        <Button type="submit" loading={mark.isPending} disabled={chosen.length === 0}>{t('done_with.confirm', { count: chosen.length })}</Button>
      </Group>
    </form>
  )
}
