import type { Report } from '@aliquot/contracts'
import { IconAlertTriangle, IconEyeExclamation, IconFileUnknown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSession, useShortcuts, useUploadTo, type UploadJob } from '../../../platform/index.ts'
import { wordsFor } from '../../../platform/toast.tsx'
import { EmptyState } from '../../../ui/index.ts'
import { Notice } from '../entry/notice.tsx'
import { ReportRecord } from '../entry/report-record.tsx'
import { AttachForm } from './attach-form.tsx'
import { FileBeside } from './file-beside.tsx'
import { mayReplace } from './may-replace.ts'
import { isHere, SendingPanel } from './sending-panel.tsx'
import { targetOfReport } from './target-of.ts'

interface FileResultProps {
  report: Report
  /** Another file is being chosen in place of the present one. */
  replacing: boolean
  onReplace: (replacing: boolean) => void
}

/** A report whose result is a file: choosing it, its way to the store, its check, its pages. */
export function FileResult({ report, replacing, onReplace }: FileResultProps) {
  const { t } = useTranslation('reports')
  const { can } = useSession()
  const job = useUploadTo(report.id)
  const { file } = report
  const sending = job !== null && isHere(job) ? job : null
  const may = mayReplace(report) && can('storage.upload')
  const choosing = may && !sending && (replacing || file === null || file.check === 'refused')
  const mayStart = may && !sending && file !== null && !choosing
  useShortcuts(mayStart ? [{ keys: 'e', label: t('file.replace'), run: () => onReplace(true) }] : [])
  return (
    <>
      {sending && <SendingPanel job={sending} />}
      {job && <UploadRefused job={job} />}
      {file && <FileNotices file={file} may={may} />}
      {choosing && (
        <AttachForm
          target={targetOfReport(report)} askReason={report.status === 'signed'} {...(file ? { letterhead: file.letterhead } : {})}
          onStarted={() => onReplace(false)} {...(file && replacing ? { onCancel: () => onReplace(false) } : {})}
        />
      )}
      {!file && !choosing && !sending && <EmptyState icon={IconFileUnknown} title={t('file.none')} text={t('file.none_text')} />}
      {file ? <FileBeside report={report} file={file} onReplace={mayStart ? () => onReplace(true) : null} /> : <ReportRecord report={report} />}
    </>
  )
}

/** Before it was even attached. */
function UploadRefused({ job: { state, problem, parts } }: { job: UploadJob }) {
  const { t } = useTranslation('reports')
  if (state !== 'refused' || problem === null) return null
  return (
    <Notice tone="red" icon={IconAlertTriangle} title={t('file.refused', { name: parts.map(({ file }) => file.name).join(', ') })}>
      {wordsFor(problem).title} {t('file.refused_text')}
    </Notice>
  )
}

function FileNotices({ file: { check, object }, may }: { file: NonNullable<Report['file']>; may: boolean }) {
  const { t } = useTranslation('reports')
  if (check === 'refused') {
    return (
      <Notice tone="red" icon={IconAlertTriangle} title={t('file.refused', { name: object.fileName })}>
        {object.refusedBecause} {may && t('file.refused_text')}
      </Notice>
    )
  }
  if (check !== 'passed' || object.notice === null) return null
  return <Notice tone="amber" icon={IconEyeExclamation} title={t('file.look')}>{object.notice}</Notice>
}
