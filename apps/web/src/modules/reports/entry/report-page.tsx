import { getReport } from '@aliquot/contracts'
import { useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useRouteQuery } from '../../../platform/index.ts'
import { Pending } from '../../../shell/pending.tsx'
import { ErrorState, Page } from '../../../ui/index.ts'
import { lastReport } from '../worklist/walk.ts'
import { ReportEntry } from './report-entry.tsx'

/** Result entry of one report. */
export function ReportPage() {
  const reportId = Number(useParams({ strict: false }).reportId)
  const query = useRouteQuery(getReport, { params: { reportId } }, { live: [`report:${reportId}`, 'missing_detail'], staleTime: 0 })
  useEffect(() => lastReport.set(reportId), [reportId])
  if (query.data) return <ReportEntry key={reportId} report={query.data} />
  return <Page>{query.isError ? <ErrorState problem={query.error} onRetry={() => void query.refetch()} /> : <Pending />}</Page>
}
