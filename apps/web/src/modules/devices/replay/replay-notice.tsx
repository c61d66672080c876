import { listDeviceResults, replayMessages, type DeviceResult } from '@aliquot/contracts'
import { Alert, Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useInfinitePages, useRouteMutation, useSession } from '../../../platform/index.ts'
import { ReplayDialog } from './replay-dialog.tsx'

interface ReplayNoticeProps {
  instrumentId: number
  reason: NonNullable<DeviceResult['reason']>
  /** Codes that are mapped by now. */
  known: ReadonlySet<string>
  /** What is typed is not saved: reading again would still use the old mapping. */
  dirty: boolean
}

/** "12 held results can be read again": with the way to see what would come of it. */
export function ReplayNotice({ instrumentId, reason, known, dirty }: ReplayNoticeProps) {
  const { t } = useTranslation('devices')
  const { can } = useSession()
  const held = useInfinitePages(listDeviceResults, { query: { state: ['held'], reason: [reason], instrumentId, limit: 200 } }, { live: ['result'] })
  const dry = useRouteMutation(replayMessages)
  const of = { reason, instrumentId }
  const count = held.rows.filter(({ testCode }) => known.has(testCode)).length
  if (count === 0 || !can('devices.manage')) return null
  return (
    <Alert color="blue" variant="light" icon={<IconRefresh size={18} />}>
      {t(held.hasMore ? 'replay.notice_many' : 'replay.notice', { count })}{' '}
      {dirty ? t('replay.save_first') : (
        <Button size="compact-sm" variant="default" loading={dry.isPending} onClick={() => dry.mutate({ body: { ...of, dryRun: true } })}>
          {t('replay.look')}
        </Button>
      )}
      <ReplayDialog of={of} found={dry.data ?? null} onClose={dry.reset} />
    </Alert>
  )
}
