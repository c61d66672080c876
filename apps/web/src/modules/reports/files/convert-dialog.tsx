import type { Report } from '@aliquot/contracts'
import { Modal, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ConfirmForm } from '../../../ui/index.ts'
import classes from './files.module.css'
import { lossesOf } from './losses.ts'

interface ConvertDialogProps {
  report: Report
  opened: boolean
  onClose: () => void
  onConvert: (reason: string) => Promise<unknown>
}

/** Makes a report one of a file or one of values. Says first what is discarded. */
export function ConvertDialog({ report, opened, onClose, onConvert }: ConvertDialogProps) {
  const { t } = useTranslation('reports')
  const to = report.flags.isFile ? 'values' : 'file'
  const losses = lossesOf(report)
  const { values, signatures, file } = losses
  const words = [
    values > 0 && t('convert.lost.values', { count: values }),
    file && t('convert.lost.file', { name: file }),
    losses.interpretation && t('convert.lost.interpretation'),
    losses.completed && t('convert.lost.completed'),
    losses.verified && t('convert.lost.verified'),
    signatures > 0 && t('convert.lost.signatures', { count: signatures }),
  ].filter((each) => each !== false && each !== null)
  return (
    <Modal opened={opened} onClose={onClose} title={t(`convert.title.${to}`, { test: report.definition.name })}>
      <Text size="sm" mb="xs">{t(`convert.text.${to}`)}</Text>
      {words.length === 0
        ? <Text size="sm" fw={560} mb="sm">{t('convert.lost.nothing')}</Text>
        : (
          <div className={classes.lost}>
            <strong>{t('convert.lost.title')}</strong>
            <ul>{words.map((each) => <li key={each}>{each}</li>)}</ul>
            <span className={classes.quiet}>{t('convert.lost.kept')}</span>
          </div>
        )}
      <ConfirmForm
        confirm={t(`convert.confirm.${to}`)} askReason={signatures > 0} dangerous={words.length > 0} onConfirm={onConvert} onClose={onClose}
      />
    </Modal>
  )
}
