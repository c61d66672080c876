import { listMolecularPanels, type ResponseOf } from '@aliquot/contracts'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { rowSource, useRouteQuery } from '../../../platform/index.ts'
import { DataTable, EmptyState, Page, PageHeader, ToneBadge, type Column } from '../../../ui/index.ts'

import { MasterTabs } from '../tabs.tsx'

type Row = ResponseOf<typeof listMolecularPanels>['panels'][number]

/** The tests of organisms and genes, and how far each is set up. */
export function PanelsPage() {
  const { t } = useTranslation('molecularEntry')
  const query = useRouteQuery(listMolecularPanels, {}, { live: ['test'] })
  const columns: Column<Row>[] = [
    { key: 'test', header: t('panels.test'), cell: ({ test }) => <Link to="/molecular/panels/$testId" params={{ testId: String(test.id) }}>{test.name}</Link> },
    { key: 'kind', header: t('panels.kind'), width: 130, cell: ({ kind }) => (kind ? t(`panels.${kind}`) : <ToneBadge tone="amber">{t('panels.not_set')}</ToneBadge>) },
    { key: 'organisms', header: t('panels.organisms'), width: 110, align: 'right', cell: ({ organisms }) => organisms },
    { key: 'genes', header: t('panels.genes'), width: 90, align: 'right', cell: ({ genes }) => genes },
    { key: 'antibiotics', header: t('panels.antibiotics'), width: 110, align: 'right', cell: ({ antibiotics }) => antibiotics },
  ]
  return (
    <Page layout="fill">
      <PageHeader title={t('panels.title')} subtitle={t('panels.about')} />
      <MasterTabs />
      <DataTable
        source={rowSource(query, query.data?.panels)} columns={columns} rowKey={({ test }) => test.id} label={t('panels.title')}
        empty={<EmptyState title={t('panels.empty')} text={t('panels.empty_text')} />}
      />
    </Page>
  )
}
