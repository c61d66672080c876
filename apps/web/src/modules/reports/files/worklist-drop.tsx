import type { WorklistRow } from '@aliquot/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, refusalProblem, toastProblem, uploads, useSession, type UploadTarget } from '../../../platform/index.ts'
import { AttachDialog } from './attach-dialog.tsx'
import { ChooseReportDialog } from './choose-report-dialog.tsx'
import { targetOfRow } from './target-of.ts'
import { useRowDrop } from './use-row-drop.ts'

/** Files let go on a list of reports. One goes at once; several are put in order first; beside the rows the report is asked for. */
export function useWorklistDrop(rows: readonly WorklistRow[]) {
  const { t } = useTranslation('reports')
  const { can } = useSession()
  const [attaching, setAttaching] = useState<{ target: UploadTarget; files: readonly File[] } | null>(null)
  const [unplaced, setUnplaced] = useState<readonly File[] | null>(null)
  const give = (files: readonly File[], row: WorklistRow) => {
    const target = targetOfRow(row)
    const [file] = files
    if (files.length !== 1 || !file) return setAttaching({ target, files })
    const refusal = refusalProblem(file)
    if (refusal) toastProblem(refusal)
    else if (!uploads.add(target, files)) toastProblem(new ApiProblem({ status: 409, code: 'upload.on_its_way', title: t('file.on_its_way') }))
  }
  const drop = useRowDrop(rows, can('reports.enter') && can('storage.upload'), (files, row) => (row ? give(files, row) : setUnplaced(files)))
  const dialogs = (
    <>
      <AttachDialog attaching={attaching} onClose={() => setAttaching(null)} />
      <ChooseReportDialog
        files={unplaced} onClose={() => setUnplaced(null)}
        onChosen={(row) => {
          give(unplaced ?? [], row)
          setUnplaced(null)
        }}
      />
    </>
  )
  return { ...drop, dialogs }
}
