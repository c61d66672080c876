import { getAntibiogram, getAntibiogramChoices, previewIsolateRepair, repairIsolates } from '@aliquot/contracts'
import { ActionIcon, Button, Group, Modal, Stack, Text, Tooltip } from '@mantine/core'
import { IconRefreshAlert } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRouteMutation, useRouteQuery } from '../../../platform/index.ts'
import { Loaded } from '../../../ui/index.ts'

/** Compares the isolates with what the signed reports say, and rebuilds them where they differ. */
export function RepairButton() {
  const { t } = useTranslation('antibiogram')
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Tooltip label={t('repair.open')}>
        <ActionIcon variant="default" size="lg" aria-label={t('repair.open')} onClick={() => setOpened(true)}><IconRefreshAlert size={18} /></ActionIcon>
      </Tooltip>
      <Modal opened={opened} onClose={() => setOpened(false)} title={t('repair.title')}><Repair onClose={() => setOpened(false)} /></Modal>
    </>
  )
}

function Repair({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('antibiogram')
  const difference = useRouteQuery(previewIsolateRepair, { query: {} }, { staleTime: 0 })
  const repair = useRouteMutation(repairIsolates, { done: t('repair.done'), refreshes: [getAntibiogram, getAntibiogramChoices, previewIsolateRepair], onSuccess: onClose })
  return (
    <Loaded query={difference}>
      {(found) => {
        const agree = found.missing + found.different + found.surplus === 0
        return (
          <Stack>
            <Text size="sm">{agree ? t('repair.agree', found) : t('repair.differ', found)}</Text>
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>{t('import.close')}</Button>
              {!agree && <Button loading={repair.isPending} onClick={() => repair.mutate({ body: {} })}>{t('repair.do')}</Button>}
            </Group>
          </Stack>
        )
      }}
    </Loaded>
  )
}
