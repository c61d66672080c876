import type { Report } from '@aliquot/contracts'
import { useDisclosure } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../../../platform/index.ts'
import { sectionsEntry } from '../../../shell/contributions.ts'
import { Page } from '../../../ui/index.ts'
import { useScanToOpen } from '../scan/use-scan-to-open.ts'
import { AmendDialog } from './amend-dialog.tsx'
import { CriticalDialog } from './critical-dialog.tsx'
import { EntryFooter } from './entry-footer.tsx'
import { FileResult } from '../files/file-result.tsx'
import { focusFirstEmpty } from './focus.ts'
import { HistoryDrawer } from './history-drawer.tsx'
import { Interpretation } from './interpretation.tsx'
import { NarrativeForm } from './narrative-form.tsx'
import { Notices } from './notices.tsx'
import { ReportHead } from './report-head.tsx'
import { ReportRecord } from './report-record.tsx'
import { SectionsView } from './sections-view.tsx'
import { ResultTable } from './result-table.tsx'
import { useColleague } from './use-colleague.ts'
import { useEntry } from './use-entry.ts'
import { useReportCommands } from './use-report-commands.ts'
import classes from './entry.module.css'

/** All of result entry on one screen: the patient above, the results, what to do next below. */
export function ReportEntry({ report }: { report: Report }) {
  const { t } = useTranslation('reports')
  const entry = useEntry(report)
  const { change, seen } = useColleague(report)
  const commands = useReportCommands(entry, seen)
  const [history, historyDrawer] = useDisclosure()
  const [amendment, amendDialog] = useDisclosure()
  const [dirty, setDirty] = useState(false)
  const [replacing, setReplacing] = useState(false)
  useScanToOpen()
  useShortcuts([{ keys: 'h', label: t('entry.history'), run: historyDrawer.open }])

  const begins = report.actions.includes('save') && ['received', 'in_progress'].includes(report.status)
  useEffect(() => {
    if (begins) focusFirstEmpty()
    // Once: later renders must not take the focus away.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])

  const Sections = sectionsEntry() ?? SectionsView
  const { flags: { isFile }, entry: kind, doneWith, definition: { formatType } } = report
  return (
    <Page layout="fill">
      <ReportHead report={report} />
      <div className={classes.notices}>
        <Notices entry={entry} change={change} onSeen={() => seen(report)} onTell={() => commands.tell()} />
      </div>
      <div className={classes.body}>
        {isFile
          ? <FileResult report={report} replacing={replacing} onReplace={setReplacing} />
          : (
            <>
              {!doneWith && (kind === 'sections' ? <Sections report={report} onDirty={setDirty} /> : formatType === 1 ? <ResultTable entry={entry} /> : <NarrativeForm entry={entry} />)}
              {!doneWith && <Interpretation entry={entry} />}
              <ReportRecord report={report} />
            </>
          )}
      </div>
      <EntryFooter entry={entry} dirty={dirty} commands={commands} onHistory={historyDrawer.open} onAmend={amendDialog.open} onReplace={() => setReplacing(true)} />
      <HistoryDrawer report={report} opened={history} onClose={historyDrawer.close} />
      <AmendDialog entry={entry} opened={amendment} onClose={amendDialog.close} onAmend={commands.amend} />
      <CriticalDialog report={report} telling={commands.telling} onClose={commands.stopTelling} onTold={commands.acknowledge} />
    </Page>
  )
}
