import { dismissMessages, getMessage, listMessages, replayMessages, type MessageEntry } from '@aliquot/contracts'
import { Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBan, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useRouteMutation, useShortcuts } from '../../../platform/index.ts'
import { ConfirmForm, KeyHint } from '../../../ui/index.ts'
import { ReplayDialog } from '../replay/replay-dialog.tsx'

interface MessageActionsProps {
  messages: readonly Pick<MessageEntry, 'id'>[]
  onDone?: () => void
}

const most = 500

/** Reads messages again, or says that they need nothing. */
export function MessageActions({ messages, onDone = () => {} }: MessageActionsProps) {
  const { t } = useTranslation('devices')
  const [dismissing, dialog] = useDisclosure()
  const messageIds = messages.slice(0, most).map(({ id }) => id)
  const dry = useRouteMutation(replayMessages)
  const dismiss = useRouteMutation(dismissMessages, { done: ({ dismissed }) => t('inbox.dismissed', { count: dismissed }), refreshes: [listMessages, getMessage], onSuccess: onDone })
  const look = () => messageIds.length > 0 && !dry.isPending && dry.mutate({ body: { messageIds, dryRun: true } })
  const ask = () => messageIds.length > 0 && dialog.open()
  useShortcuts([{ keys: 'r', label: t('inbox.replay'), run: look }, { keys: 'd', label: t('inbox.dismiss'), run: ask }])
  return (
    <>
      <Button size="xs" leftSection={<IconRefresh size={15} />} rightSection={<KeyHint keys="r" />} loading={dry.isPending} onClick={look}>
        {t('inbox.replay')}
      </Button>
      <Button size="xs" variant="default" leftSection={<IconBan size={15} />} rightSection={<KeyHint keys="d" />} onClick={ask}>
        {t('inbox.dismiss')}
      </Button>
      <ReplayDialog of={{ messageIds }} found={dry.data ?? null} onClose={() => {
        dry.reset()
        onDone()
      }} />
      <Modal opened={dismissing} onClose={dialog.close} title={t('inbox.dismiss_title', { count: messageIds.length })}>
        <ConfirmForm
          text={t('inbox.dismiss_text')} confirm={t('inbox.dismiss')} askReason dangerous onClose={dialog.close}
          onConfirm={(reason) => dismiss.mutateAsync({ body: { messageIds, reason } })}
        />
      </Modal>
    </>
  )
}
