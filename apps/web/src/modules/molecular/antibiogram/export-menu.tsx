import { exportIsolates, getAntibiogramCsv, urlOf, type QueryOf } from '@aliquot/contracts'
import { Button, Menu } from '@mantine/core'
import { IconDownload, IconPrinter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../platform/index.ts'

/** The table and the isolates as files; the table on paper, landscape. */
export function ExportMenu({ query }: { query: QueryOf<typeof getAntibiogramCsv> }) {
  const { t } = useTranslation('antibiogram')
  const { can } = useSession()
  const { method: _, episodeDays: __, susceptible: ___, minimum: ____, combine: _____, allTested: ______, ...filters } = query
  return (
    <Menu position="bottom-end">
      <Menu.Target><Button variant="default">{t('export.open')}</Button></Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPrinter size={16} />} onClick={() => globalThis.print()}>{t('export.print')}</Menu.Item>
        <Menu.Item leftSection={<IconDownload size={16} />} component="a" download href={urlOf(getAntibiogramCsv, { query })}>{t('export.csv')}</Menu.Item>
        {can('molecular.isolates') && (
          <>
            <Menu.Item leftSection={<IconDownload size={16} />} component="a" download href={urlOf(exportIsolates, { query: filters })}>{t('export.whonet')}</Menu.Item>
            <Menu.Item leftSection={<IconDownload size={16} />} component="a" download href={urlOf(exportIsolates, { query: { ...filters, deidentify: false } })}>
              {t('export.whonet_named')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
