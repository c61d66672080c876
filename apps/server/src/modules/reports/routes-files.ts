import * as contract from '@aliquot/contracts'
import { serve } from '#platform/http'
import { change } from '#platform/unit-of-work'
import { convertReport } from './convert-report.ts'
import { markReportsDone } from './mark-done.ts'
import { canonicalPath, updateFilePath } from './update-file-path.ts'
import { uploadFile } from './upload-file.ts'
import { uploadFileWithHeader } from './upload-with-header.ts'

export const fileRoutes = [
  serve(contract.uploadFileTypeReport, ({ actor, body }) => uploadFile(actor, body)),
  serve(contract.uploadFileWithHeader, ({ actor, body }) => uploadFileWithHeader(actor, body)),
  serve(contract.convertReport, ({ actor, body }) => change(actor, (tx) => convertReport(tx, body))),
  serve(contract.markReportsDone, ({ actor, body }) => change(actor, (tx) => markReportsDone(tx, body))),
  serve(contract.getCanonicalPath, ({ body, request }) => canonicalPath(body, request.id)),
  serve(contract.updateFilePath, ({ body, request }) => updateFilePath(body, request.id)),
]
