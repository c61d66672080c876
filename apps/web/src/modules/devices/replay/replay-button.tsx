import { replayMessages } from '@aliquot/contracts'
import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useRouteMutation, useSession } from '../../../platform/index.ts'
import { ReplayDialog } from './replay-dialog.tsx'

const most = 500

/** Reads messages again, after showing what would change. */
export function ReplayButton({ messageIds }: { messageIds: readonly number[] }) {
  const { t } = useTranslation('devices')
  const { can } = useSession()
  const dry = useRouteMutation(replayMessages)
  const of = { messageIds: messageIds.slice(0, most) }
  if (!can('devices.manage')) return null
  return (
    <>
      <Button
        size="xs" variant="default" leftSection={<IconRefresh size={14} />} loading={dry.isPending}
        onClick={() => dry.mutate({ body: { ...of, dryRun: true } })}
      >
        {t('step.again')}
      </Button>
      <ReplayDialog of={of} found={dry.data ?? null} onClose={dry.reset} />
    </>
  )
}
