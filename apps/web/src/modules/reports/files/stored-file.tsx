import { getDownloadLink, getReportPdf, urlOf, type Report } from '@aliquot/contracts'
import { Loader, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { call, useSession } from '../../../platform/index.ts'
import { fetchFile } from '../../../platform/fetch-file.ts'
import { ErrorState, PdfPreview } from '../../../ui/index.ts'
import classes from './files.module.css'

type Shown = 'file' | 'print'

/** The pages of a checked file, or of the report as it will print. */
export function StoredFile({ report }: { report: Report }) {
  const { t } = useTranslation('reports')
  const { can } = useSession()
  const mayRead = can('storage.download')
  const mayPrint = can('reports.print_unsigned') || (can('reports.print') && report.status === 'signed')
  const [chosen, setChosen] = useState<Shown>('file')
  const shown: Shown = mayRead && !(mayPrint && chosen === 'print') ? 'file' : 'print'
  const choose = mayRead && mayPrint && (
    <SegmentedControl
      size="xs" value={shown} onChange={(value) => setChosen(value as Shown)} aria-label={t('file.shown')}
      data={[{ value: 'file', label: t('file.as_file') }, { value: 'print', label: t('file.as_print') }]}
    />
  )
  const params = { reportId: report.id }
  if (!mayRead && !mayPrint) return null
  if (shown === 'file') return <FilePages report={report}>{choose}</FilePages>
  return (
    <PdfPreview
      key="print" url={urlOf(getReportPdf, { params })} shownUrl={urlOf(getReportPdf, { params, query: { preview: true } })}
      fileName={`${report.number}.pdf`}
      version={report.version}
    >
      {choose}
    </PdfPreview>
  )
}

/** The bytes come straight from the store. They are kept here as long as they are shown, since the link is not. */
function FilePages({ report: { file }, children }: { report: Report; children: ReactNode }) {
  const { t } = useTranslation('reports')
  const id = file?.object.id ?? 0
  const query = useQuery({
    queryKey: ['stored-file', id, file?.object.sha256],
    queryFn: async ({ signal }) => {
      const { url } = await call(getDownloadLink, { params: { objectId: id } }, { signal })
      return fetchFile(url, signal)
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  })
  const url = useObjectUrl(query.data)
  if (query.isError) return <div className={classes.frame}><ErrorState problem={query.error} onRetry={() => void query.refetch()} /></div>
  if (!query.data || !url || !file) return <div className={classes.frame}><Loader aria-label={t('file.loading')} /></div>
  return <PdfPreview key={id} url={url} bytes={query.data} fileName={file.object.fileName} version={url}>{children}</PdfPreview>
}

function useObjectUrl(blob: Blob | undefined): string | null {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (!blob) return
    const made = URL.createObjectURL(blob)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [blob])
  return url
}
