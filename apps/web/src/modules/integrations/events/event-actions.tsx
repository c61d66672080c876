import { dropPartnerEvents, getPartnerEvent, listPartnerEvents, listPartners, replayPartnerEvents } from '@aliquot/contracts'
import { Button } from '@mantine/core'
import { IconBan, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useRouteMutation, useShortcuts } from '../../../platform/index.ts'
import { ConfirmButton, KeyHint } from '../../../ui/index.ts'

const most = 500

/** Sends events again, or never. */
export function EventActions({ ids, onDone = () => {} }: { ids: readonly number[]; onDone?: () => void }) {
  const { t } = useTranslation('integrations')
  const chosen = ids.slice(0, most)
  const refreshes = [listPartnerEvents, getPartnerEvent, listPartners]
  const replay = useRouteMutation(replayPartnerEvents, { refreshes, done: ({ queued }) => t('events.replayed', { count: queued }), onSuccess: onDone })
  const drop = useRouteMutation(dropPartnerEvents, { refreshes, done: ({ dropped }) => t('events.dropped', { count: dropped }), onSuccess: onDone })
  const again = () => chosen.length > 0 && replay.mutate({ body: { ids: chosen } })
  useShortcuts([{ keys: 'r', label: t('events.replay'), run: again }])
  return (
    <>
      <Button size="xs" leftSection={<IconRefresh size={15} />} rightSection={<KeyHint keys="r" />} loading={replay.isPending} onClick={again}>{t('events.replay')}</Button>
      <ConfirmButton
        size="xs" leftSection={<IconBan size={15} />} title={t('events.drop_title', { count: chosen.length })} text={t('events.drop_text')} confirm={t('events.drop')} dangerous
        onConfirm={() => drop.mutateAsync({ body: { ids: chosen } })}
      >
        {t('events.drop')}
      </ConfirmButton>
    </>
  )
}
