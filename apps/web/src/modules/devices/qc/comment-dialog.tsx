import { commentQcResult, getQcChart } from '@aliquot/contracts'
import { Button, Group, Modal, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRouteMutation, useSession } from '../../../platform/index.ts'
import { VerdictMark } from '../state-marks.tsx'
import type { PointRow } from './point-table.tsx'
import { usePointWords } from './use-point-words.ts'

/** One control result: which rules it breaks, and what was done about it. */
export function CommentDialog({ opened, onClose }: { opened: PointRow | null; onClose: () => void }) {
  const { t } = useTranslation('devices')
  return (
    <Modal opened={opened !== null} onClose={onClose} title={t('qc.result')}>
      {opened && <CommentForm key={opened.point.id} row={opened} onClose={onClose} />}
    </Modal>
  )
}

function CommentForm({ row: { point, lot }, onClose }: { row: PointRow; onClose: () => void }) {
  const { t } = useTranslation('devices')
  const { can } = useSession()
  const say = usePointWords()
  const [comment, setComment] = useState(point.comment ?? '')
  const save = useRouteMutation(commentQcResult, { done: t('qc.commented'), refreshes: [getQcChart], onSuccess: onClose })
  const editable = can('devices.release')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (comment.trim()) save.mutate({ params: { qcResultId: point.id }, body: { comment: comment.trim() } })
      }}
    >
      <Group gap="xs" mb="xs"><b>{lot.control} {lot.level}</b><VerdictMark verdict={point.verdict} /></Group>
      <Text size="sm" mb="sm">{say({ ...point, comment: null }, lot)}</Text>
      <Textarea
        label={t('qc.comment')} description={t('qc.comment_about')} autosize minRows={2} maxLength={500} data-autofocus disabled={!editable}
        value={comment} onChange={(event) => setComment(event.currentTarget.value.replaceAll('\n', ' '))}
      />
      {point.commentedBy && <Text size="xs" c="dimmed" mt={4}>{point.commentedBy.name}</Text>}
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={onClose}>{t('form.close')}</Button>
        {editable && (
          <Button type="submit" loading={save.isPending} disabled={comment.trim() === '' || comment.trim() === point.comment}>
            {t('qc.save_comment')}
          </Button>
        )}
      </Group>
    </form>
  )
}
