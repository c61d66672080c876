import type { Report } from '@aliquot/contracts'
import { Button, Tooltip } from '@mantine/core'
import { IconChecks, IconSignature } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../platform/index.ts'

/** A file that may not be verified or signed: being checked, or refused. */
export const isUnchecked = ({ flags, file }: Pick<Report, 'flags' | 'file'>): boolean => flags.isFile && file !== null && file.check !== 'passed'

/** Verify and sign, at rest while the file is being checked: they say why instead of being absent. */
export function RestingSteps({ report }: { report: Report }) {
  const { t } = useTranslation('reports')
  const { can } = useSession()
  const { status, file } = report
  if (!isUnchecked(report) || !['completed', 'verified'].includes(status)) return null
  const why = t(file?.check === 'waiting' ? 'file.rest_waiting' : 'file.rest_refused')
  return (
    <>
      {can('reports.verify') && status === 'completed' && (
        <Tooltip label={why}>
          <Button
            variant="default" data-disabled aria-disabled aria-description={why} leftSection={<IconChecks size={16} />} onClick={(event) => event.preventDefault()}
          >
            {t('entry.verify')}
          </Button>
        </Tooltip>
      )}
      {can('reports.sign') && (
        <Tooltip label={why}>
          <Button
            data-disabled aria-disabled aria-description={why} leftSection={<IconSignature size={16} />} onClick={(event) => event.preventDefault()}
          >
            {t(status === 'completed' ? 'entry.verify_and_sign' : 'entry.sign')}
          </Button>
        </Tooltip>
      )}
    </>
  )
}
