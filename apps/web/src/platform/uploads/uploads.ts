import {
  countWorklist, getHistory, getReport, listWorklist, uploadFileTypeReport, type Report, type ReportState, type RouteDefinition,
} from '@aliquot/contracts'
import { useSyncExternalStore } from 'react'
import { call } from '../api.ts'
import { queryClient, routeKey } from '../queries.ts'
import { claim, claimed } from './one-tab.ts'
import { sendFile } from './send-file.ts'
import { isRunning, type Job } from './upload-job.ts'
import { uploadQueue } from './upload-queue.ts'
import { uploadShelf } from './upload-shelf.ts'

/** The one queue of this page. */
export const uploads = uploadQueue({
  shelf: uploadShelf,
  send: sendFile,
  attach: (body, signal) => call(uploadFileTypeReport, { body }, { signal }),
  look: (reportId) => call(getReport, { params: { reportId } }),
  claim,
  claimed,
  onAttached: putReport,
})

function putReport(state: ReportState): void {
  queryClient.setQueryData<Report>(routeKey(getReport, { params: { reportId: state.id } }), (before) => before && { ...before, ...state })
  for (const route of [listWorklist, countWorklist, getHistory] as RouteDefinition[]) void queryClient.invalidateQueries({ queryKey: routeKey(route) })
}

export const useUploadJobs = (): readonly Job[] => useSyncExternalStore(uploads.watch, uploads.jobs)

/** What is on its way to one report. */
export function useUploadTo(reportId: number): Job | null {
  return useUploadJobs().find(({ target, state }) => target.reportId === reportId && state !== 'ready') ?? null
}

/** Asks before the page is closed while files are on their way. */
export function warnBeforeLeaving(): () => void {
  const warn = (event: BeforeUnloadEvent) => {
    if (uploads.jobs().some(isRunning)) event.preventDefault()
  }
  addEventListener('beforeunload', warn)
  return () => removeEventListener('beforeunload', warn)
}
