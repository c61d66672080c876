import { countDeliveries, getDelivery, listDeliveries, sendAgain, type DeliveryEntry } from '@aliquot/contracts'
import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useRouteMutation, useShortcuts } from '../../../platform/index.ts'
import { KeyHint } from '../../../ui/index.ts'

export const mayGoAgain = ({ state }: Pick<DeliveryEntry, 'state'>): boolean => state === 'failed' || state === 'dead' || state === 'skipped'

/** Sends one or many again. */
export function AgainButton({ deliveries, onDone = () => {} }: { deliveries: readonly Pick<DeliveryEntry, 'id' | 'state'>[]; onDone?: () => void }) {
  const { t } = useTranslation('communications')
  const again = useRouteMutation(sendAgain, {
    done: ({ jobIds }) => t('again.done', { count: jobIds.length }), refreshes: [listDeliveries, getDelivery, countDeliveries], onSuccess: onDone,
  })
  const deliveryIds = deliveries.filter(mayGoAgain).slice(0, 500).map(({ id }) => id)
  const run = () => deliveryIds.length > 0 && !again.isPending && again.mutate({ body: { deliveryIds } })
  useShortcuts([{ keys: 'r', label: t('again.send'), run }])
  return (
    <Button size="xs" leftSection={<IconRefresh size={15} />} rightSection={<KeyHint keys="r" />} disabled={deliveryIds.length === 0} loading={again.isPending} onClick={run}>
      {t('again.send')}
    </Button>
  )
}
