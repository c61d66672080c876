import { listInstruments } from '@aliquot/contracts'
import { Select } from '@mantine/core'
import { IconCpu } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFilters, useRouteQuery } from '../../../platform/index.ts'
import { EmptyState, Loaded, Page, PageHeader } from '../../../ui/index.ts'
import { codeFilters } from '../filters.ts'
import { MasterTabs } from '../tabs.tsx'
import { CodeTable } from './code-table.tsx'

/** What each instrument calls genes and organisms. */
export function CodesPage() {
  const { t } = useTranslation('molecular')
  const filters = useFilters(codeFilters)
  const instruments = useRouteQuery(listInstruments, { query: { limit: 200 } }, { live: ['instrument'] })
  const chosen = filters.values.instrumentId
  return (
    <Page>
      <PageHeader title={t('codes.title')} subtitle={t('codes.about')} />
      <MasterTabs />
      <Loaded query={instruments}>
        {({ items }) => (items.length === 0 ? <EmptyState icon={IconCpu} title={t('codes.no_instruments')} text={t('codes.no_instruments_text')} /> : (
          <>
            <Select
              label={t('codes.instrument')} placeholder={t('codes.choose')} searchable maw={360} value={chosen ? String(chosen) : null}
              data={items.map(({ id, name, code }) => ({ value: String(id), label: `${name} (${code})` }))}
              onChange={(value) => filters.set({ instrumentId: value ? Number(value) : undefined })}
            />
            {chosen && items.some(({ id }) => id === chosen)
              ? <CodeTable key={chosen} deviceId={chosen} />
              : <EmptyState icon={IconCpu} title={t('codes.choose')} text={t('codes.choose_text')} />}
          </>
        ))}
      </Loaded>
    </Page>
  )
}
