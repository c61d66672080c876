import type { DeviceResult } from '@aliquot/contracts'
import { Button, Group, Modal, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './queue.module.css'

export interface Refused {
  result: DeviceResult
  why: string
}

/** Which of many results could not be released, and why. */
export function RefusedDialog({ refused, onClose }: { refused: readonly Refused[]; onClose: () => void }) {
  const { t } = useTranslation('devices')
  return (
    <Modal opened={refused.length > 0} onClose={onClose} size="lg" title={t('refused.title', { count: refused.length })}>
      <Text size="sm" c="dimmed" mb="sm">{t('refused.about')}</Text>
      <ul className={classes.refused}>
        {refused.map(({ result, why }) => (
          <li key={result.id}>
            <div><b>{result.parameter?.name ?? result.testCode}</b> {result.result ?? result.value} {result.resultUnit ?? result.unit} · {result.report?.patient ?? result.sampleId}</div>
            <div className={classes.loud}>{why}</div>
          </li>
        ))}
      </ul>
      <Group justify="flex-end" mt="lg"><Button data-autofocus onClick={onClose}>{t('form.close')}</Button></Group>
    </Modal>
  )
}
