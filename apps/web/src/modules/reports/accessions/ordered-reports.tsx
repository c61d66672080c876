import type { Accession, OrderedReport } from '@aliquot/contracts'
import { useTranslation } from 'react-i18next'
import type { RowSource } from '../../../platform/index.ts'
import { useNow } from '../../../platform/index.ts'
import { DataTable, DateTime, StatusBadge, type Column } from '../../../ui/index.ts'
import { isLate } from '../is-late.ts'
import classes from './accessions.module.css'

/** The tests of an accession; each opens its result entry. */
export function OrderedReports({ accession, source }: { accession: Accession; source: RowSource<OrderedReport> }) {
  const { t } = useTranslation('reports')
  const now = useNow()
  const numbers = new Map(accession.specimens.map(({ id, number }) => [id, number]))
  const columns: Column<OrderedReport>[] = [
    {
      key: 'test', header: t('worklist.test'), least: 220, cell: ({ test }) => <strong className={classes.test}>{test.name}</strong>, title: ({ test }) => test.name,
    },
    { key: 'department', header: t('worklist.department'), width: 170, minScreen: 900, cell: ({ department }) => department.name },
    {
      key: 'specimen', header: t('worklist.specimen'), width: 130, cell: ({ specimenId }) => (specimenId === null ? '–' : numbers.get(specimenId) ?? '–'),
    },
    { key: 'status', header: t('worklist.status'), width: 140, cell: ({ status }) => <StatusBadge status={status} /> },
    {
      key: 'due', header: t('worklist.due'), width: 130, cell: ({ dueAt, status }) => (
        <span className={isLate(dueAt, status, now) ? classes.late : undefined}>
          <DateTime at={dueAt} />{isLate(dueAt, status, now) && ` · ${t('worklist.overdue')}`}
        </span>
      ),
    },
    { key: 'number', header: t('accession.report_number'), width: 130, minScreen: 1100, cell: ({ number }) => number },
  ]
  return (
    <section>
      <h2 className={classes.heading}>{t('accession.reports')}</h2>
      <DataTable
        primary height="content" label={t('accession.reports')} columns={columns} source={source} rowKey={({ id }) => id}
        href={({ id }) => `/reports/${id}`}
      />
    </section>
  )
}
