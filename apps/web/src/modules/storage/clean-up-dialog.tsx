import { cleanUp, getStorageSummary, listObjects } from '@aliquot/contracts'
import { Button, Loader, Modal, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconClearAll } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat, useRouteMutation } from '../../platform/index.ts'
import { ErrorState } from '../../ui/index.ts'
import { CleanUpChoice } from './clean-up-choice.tsx'

/** First what would be removed, then the removal of what was left chosen. */
export function CleanUpButton() {
  const { t } = useTranslation('storage')
  const [opened, dialog] = useDisclosure()
  return (
    <>
      <Button variant="default" leftSection={<IconClearAll size={16} />} onClick={dialog.open}>{t('clean.open')}</Button>
      <Modal opened={opened} onClose={dialog.close} title={t('clean.title')} size="xl">
        {opened && <CleanUpDialog onClose={dialog.close} />}
      </Modal>
    </>
  )
}

function CleanUpDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('storage')
  const format = useFormat()
  const look = useRouteMutation(cleanUp, { onProblem: () => true })
  const remove = useRouteMutation(cleanUp, { refreshes: [listObjects, getStorageSummary] })
  const { mutate } = look
  useEffect(() => mutate({ body: { dryRun: true } }), [mutate])
  if (remove.data) {
    const { unused, strays, bytes, more } = remove.data
    return (
      <>
        <Text size="sm" role="status">{t('clean.done', { count: unused.length + strays.length, size: format.bytes(bytes) })}</Text>
        {more && <Text size="sm" mt="xs">{t('clean.more')}</Text>}
        <Button mt="lg" data-autofocus onClick={onClose}>{t('clean.close')}</Button>
      </>
    )
  }
  if (look.isError) return <ErrorState problem={look.error} onRetry={() => mutate({ body: { dryRun: true } })} />
  if (!look.data) return <Text size="sm" role="status"><Loader size="xs" mr="xs" /> {t('clean.looking')}</Text>
  return (
    <CleanUpChoice
      found={look.data} busy={remove.isPending} onClose={onClose}
      onRemove={(unusedIds, strayPaths) => remove.mutate({ body: { dryRun: false, unusedIds, strayPaths } })}
    />
  )
}
