import { exportActivity, urlOf, type QueryOf } from '@aliquot/contracts'
import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

/** Saves what the filter finds as a CSV file; the server streams it, and the log says who took it. */
export function ExportButton({ query }: { query: { [K in keyof QueryOf<typeof exportActivity>]?: QueryOf<typeof exportActivity>[K] | undefined } }) {
  const { t } = useTranslation('activity')
  return (
    <Button component="a" href={urlOf(exportActivity, { query })} download variant="default" leftSection={<IconDownload size={16} />}>
      {t('export')}
    </Button>
  )
}
