import {
  countDeviceResults, listDeviceResults, listInstruments, listMessages, listUnmappedCodes, replayMessages, type BodyOf, type ResponseOf,
} from '@aliquot/contracts'
import { Button, Group, Modal, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRouteMutation } from '../../../platform/index.ts'
import { ResultMark } from '../state-marks.tsx'
import { outcomePairs, type Outcome } from './outcome-pairs.ts'
import classes from './replay.module.css'

export type ReplayOf = Omit<BodyOf<typeof replayMessages>, 'dryRun'>

interface ReplayDialogProps {
  of: ReplayOf
  /** What a dry run found; null: closed. */
  found: ResponseOf<typeof replayMessages> | null
  onClose: () => void
}

const shown = 200

/** What reading messages again would change, before it is done. */
export function ReplayDialog({ of, found, onClose }: ReplayDialogProps) {
  const { t } = useTranslation('devices')
  const replay = useRouteMutation(replayMessages, {
    done: ({ messages }) => t('replay.done', { count: messages }),
    refreshes: [listDeviceResults, countDeviceResults, listMessages, listInstruments, listUnmappedCodes], onSuccess: onClose,
  })
  const pairs = found ? outcomePairs(found.before, found.after) : []
  const changed = pairs.filter((pair) => pair.changed).length
  return (
    <Modal opened={found !== null} onClose={onClose} size={860} title={t('replay.title', { count: found?.messages ?? 0 })}>
      <Text size="sm" c="dimmed" mb="sm">{changed > 0 ? t('replay.changes', { count: changed, total: pairs.length }) : t('replay.no_changes')}</Text>
      {pairs.length > 0 && (
        <div className={classes.scroller}>
          <Table stickyHeader verticalSpacing={5} className={classes.table}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('replay.sample')}</Table.Th><Table.Th>{t('replay.code')}</Table.Th><Table.Th>{t('replay.before')}</Table.Th><Table.Th>{t('replay.after')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {pairs.slice(0, shown).map(({ key, before, after, changed: differs }) => (
                <Table.Tr key={key} className={differs ? undefined : classes.same}>
                  <Table.Td>{(after ?? before)?.sampleId || '–'}</Table.Td>
                  <Table.Td className={classes.code}>{(after ?? before)?.testCode}</Table.Td>
                  <Table.Td><Side outcome={before} /></Table.Td>
                  <Table.Td>{differs ? <Side outcome={after} /> : <span className={classes.quiet}>{t('replay.same')}</span>}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {pairs.length > shown && <Text size="sm" c="dimmed" mt="xs">{t('replay.more', { count: pairs.length - shown })}</Text>}
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={onClose}>{t('form.back')}</Button>
        <Button
          data-autofocus disabled={(found?.messages ?? 0) === 0} loading={replay.isPending}
          onClick={() => replay.mutate({ body: { ...of, dryRun: false } })}
        >
          {t('replay.confirm')}
        </Button>
      </Group>
    </Modal>
  )
}

function Side({ outcome }: { outcome: Outcome | null }) {
  const { t } = useTranslation('devices')
  if (outcome === null) return <span className={classes.quiet}>{t('replay.not_read')}</span>
  return (
    <div className={classes.side}>
      <span><b>{outcome.value || '–'}</b>{outcome.parameter && <span className={classes.code}> → {outcome.parameter}</span>}</span>
      <span className={classes.state}><ResultMark state={outcome.state} />{outcome.reason && <span className={classes.quiet}>{t(`reason.${outcome.reason}`)}</span>}</span>
    </div>
  )
}
