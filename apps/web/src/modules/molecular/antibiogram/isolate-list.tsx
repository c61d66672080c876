import { listIsolates, type Interpretation, type QueryOf } from '@aliquot/contracts'
import { Button, Loader, SegmentedControl, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat, useInfinitePages } from '../../../platform/index.ts'
import { ErrorState } from '../../../ui/index.ts'
import classes from './antibiogram.module.css'

const answers = ['S', 'I', 'SDD', 'R', 'NS'] as const satisfies readonly Interpretation[]

/** The isolates that a cell counts, with their patients. Looking at them is logged. */
export function IsolateList({ query }: { query: QueryOf<typeof listIsolates> }) {
  const { t } = useTranslation('antibiogram')
  const format = useFormat()
  const [only, setOnly] = useState<Interpretation | ''>('')
  const source = useInfinitePages(listIsolates, { query: { ...query, limit: 25, ...(only && { interpretation: only }) } }, { live: ['isolate'] })
  return (
    <>
      <SegmentedControl
        size="xs" mb={8} value={only} onChange={(value) => setOnly(value as Interpretation | '')}
        data={[{ value: '', label: t('cell.all') }, ...answers.map((value) => ({ value, label: value }))]}
      />
      {source.status === 'failed' && source.problem && <ErrorState problem={source.problem} onRetry={source.retry} />}
      {source.status === 'loading' && <Loader size="sm" />}
      {source.status === 'ready' && source.rows.length === 0 && <Text size="sm" c="dimmed">{t('cell.none')}</Text>}
      {source.rows.length > 0 && (
        <table className={classes.list}>
          <thead><tr><th>{t('cell.collected')}</th><th>{t('cell.patient')}</th><th>{t('cell.specimen')}</th><th>{t('cell.result')}</th><th>{t('cell.report')}</th></tr></thead>
          <tbody>
            {source.rows.map(({ id, collectedOn, patient, filePatient, specimen, ward, interpretation, text, report, importedFrom }) => (
              <tr key={id}>
                <td>{format.day(collectedOn)}</td>
                <td>
                  {patient ? <Link to="/patients/$patientId" params={{ patientId: String(patient.id) } as never}>{patient.fullName}</Link> : <span title={t('cell.outside')}>{filePatient}</span>}
                </td>
                <td>{[specimen, ward].filter((part) => part !== '').join(' · ') || '–'}</td>
                <td><b>{interpretation}</b> {text}</td>
                <td>{report ? <Link to={`/reports/${report.id}` as never}>{report.number}</Link> : importedFrom}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {source.hasMore && <Button mt={10} size="xs" variant="default" loading={source.isLoadingMore} onClick={source.loadMore}>{t('cell.more')}</Button>}
    </>
  )
}
