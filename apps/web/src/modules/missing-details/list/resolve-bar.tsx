import { listMissingDetails, resolveMissingDetails, summariseMissingDetails, type MissingDetail, type MissingDetailState } from '@aliquot/contracts'
import { Button } from '@mantine/core'
import { IconArrowBackUp, IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { toastDone, useRouteMutation, useShortcuts } from '../../../platform/index.ts'
import type { useSelection } from '../../../ui/index.ts'

interface ResolveBarProps {
  state: MissingDetailState
  rows: readonly MissingDetail[]
  selection: ReturnType<typeof useSelection>
}

/** What can be done with the selected details: c confirms, and what was confirmed is opened again. */
export function ResolveBar({ state, rows, selection }: ResolveBarProps) {
  const { t } = useTranslation('missing-details')
  const confirming = state === 'open'
  const ids = rows.filter(({ id }) => selection.keys.has(id)).map(({ id }) => id)
  const resolve = useRouteMutation(resolveMissingDetails, {
    refreshes: [listMissingDetails, summariseMissingDetails],
    onSuccess: ({ updated, outcomes }) => {
      const refused = outcomes.filter(({ ok }) => !ok)
      toastDone([
        t(confirming ? 'list.confirmed' : 'list.reopened', { count: updated }),
        ...(refused.length > 0 ? [t('list.refused', { count: refused.length, why: refused[0]?.detail ?? '' })] : []),
      ].join(' · '))
      selection.clear()
    },
  })
  const run = () => ids.length > 0 && !resolve.isPending && resolve.mutate({ body: { ids: ids.slice(0, 500), isResolved: confirming } })
  useShortcuts([{ keys: 'c', label: t(confirming ? 'list.confirm' : 'list.reopen'), run }])
  return (
    <>
      <span>{t('list.selected', { count: ids.length })}</span>
      <Button size="xs" loading={resolve.isPending} leftSection={confirming ? <IconCheck size={15} /> : <IconArrowBackUp size={15} />} onClick={run}>
        {t(confirming ? 'list.confirm' : 'list.reopen')}
      </Button>
    </>
  )
}
