import { listClaims, submitClaims, type Claim } from '@aliquot/contracts'
import { Button } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useRouteMutation, useShortcuts } from '../../../platform/index.ts'
import { KeyHint, Money } from '../../../ui/index.ts'

const most = 200

/** Submits the selected claims, all of them or none; only drafts and rejected ones can be. */
export function SubmitSelected({ claims, onDone }: { claims: readonly Claim[]; onDone: () => void }) {
  const { t } = useTranslation('billing')
  const submit = useRouteMutation(submitClaims, {
    refreshes: [listClaims], done: ({ claims: sent }) => t('claims.sent', { count: sent.length }), onSuccess: onDone,
  })
  const ready = claims.filter(({ status }) => status === 'draft' || status === 'rejected')
  const possible = ready.length > 0 && ready.length === claims.length && ready.length <= most
  const send = () => possible && !submit.isPending && submit.mutate({ body: { claimIds: ready.map(({ id }) => id) } })
  useShortcuts([{ keys: 's', label: t('claims.submit_selected'), run: send }])
  const sums = [...Map.groupBy(claims, ({ currency }) => currency)]
  return (
    <>
      {sums.map(([currency, of]) => <Money key={currency} amount={of.reduce((sum, { amount }) => sum + amount, 0)} currency={currency} />)}
      <Button
        size="xs" leftSection={<IconSend size={15} />} rightSection={<KeyHint keys="s" />} disabled={!possible} loading={submit.isPending} onClick={send}
        title={possible ? undefined : t('claims.only_drafts')}
      >
        {t('claims.submit_selected')}
      </Button>
    </>
  )
}
