import { getAntibiogram, getAntibiogramChoices, type Antibiogram } from '@aliquot/contracts'
import { Button } from '@mantine/core'
import { IconGridDots } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFilters, useRouteQuery, useSession } from '../../../platform/index.ts'
import { EmptyState, FilterBar, Loaded, Page, PageHeader } from '../../../ui/index.ts'
import classes from './antibiogram.module.css'
import { CellDrawer } from './cell-drawer.tsx'
import { CombineMenu } from './combine-menu.tsx'
import { ExportMenu } from './export-menu.tsx'
import { antibiogramFilters, questionOf } from './filters.ts'
import { HeatMap, type Place } from './heat-map.tsx'
import { ImportButton } from './import-dialog.tsx'
import { Legend } from './legend.tsx'
import { RepairButton } from './repair-dialog.tsx'
import { useFilterFields } from './use-filter-fields.ts'

const nobody: Place | null = null

/** The cumulative antibiogram: which antibiotic works on what grows here. */
export function AntibiogramPage() {
  const { t } = useTranslation('antibiogram')
  const { can } = useSession()
  const filters = useFilters(antibiogramFilters)
  const { values } = filters
  const choices = useRouteQuery(getAntibiogramChoices, { query: {} }, { live: ['isolate'] })
  const fields = useFilterFields(values, choices.data)
  const minimum = values.minimum ?? 30
  const query = { ...questionOf(values), minimum, ...(values.combine && { combine: values.combine }), ...(values.allTested && { allTested: true }) }
  const answer = useRouteQuery(getAntibiogram, { query }, { live: ['isolate'], keepPrevious: true })
  const before = useRouteQuery(getAntibiogram, { query: { ...query, ...questionOf(values, values.compare) } },
    { live: ['isolate'], keepPrevious: true, enabled: values.compare !== undefined })
  const [opened, setOpened] = useState(nobody)
  const isEmpty = choices.data?.isolates === 0

  return (
    <Page layout="fill">
      <PageHeader
        title={t('title')} subtitle={t('subtitle')}
        actions={(
          <>
            {answer.data && <CombineMenu columns={answer.data.columns} filters={filters} />}
            <ExportMenu query={query} />
            {can('molecular.import') && <ImportButton />}
            {can('molecular.import') && <RepairButton />}
          </>
        )}
      />
      {!isEmpty && <FilterBar filters={filters} fields={fields} />}
      <Loaded query={answer}>
        {(antibiogram) => (antibiogram.organisms.length === 0 ? (
          <EmptyState icon={IconGridDots} title={isEmpty ? t('empty.title') : t('empty.filtered')} text={isEmpty && t('empty.text')}>
            {!isEmpty && <Button variant="default" onClick={filters.clear}>{t('empty.clear')}</Button>}
          </EmptyState>
        ) : (
          <div className={classes.sheet}>
            <Legend antibiogram={antibiogram} values={values} />
            <HeatMap
              antibiogram={antibiogram} before={values.compare ? (before.data ?? null) : null} year={values.compare ?? null} minimum={minimum}
              onOpen={(place) => setOpened(can('molecular.view') ? place : null)}
            />
            <CellDrawer place={opened} cell={cellAt(antibiogram, opened)} values={values} onClose={() => setOpened(null)} />
          </div>
        ))}
      </Loaded>
    </Page>
  )
}

const cellAt = ({ organisms, columns, cells }: Antibiogram, place: Place | null) => {
  if (!place) return null
  const [organism, column] = [organisms[place.organism], columns[place.column]]
  const cell = cells.find((one) => one.organism === place.organism && one.column === place.column)
  return organism && column ? { organism, column, cell: cell ?? null } : null
}
