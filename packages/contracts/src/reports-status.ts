import type { Static } from 'typebox'
import { oneOf } from './schema.ts'

export const ReportStatus = oneOf([
  'ordered', 'collected', 'received', 'in_progress', 'completed', 'verified', 'partially_signed', 'signed', 'cancelled',
])
export type ReportStatus = Static<typeof ReportStatus>

export const ReportAction = oneOf([
  'collect', 'receive', 'reject', 'redraw', 'save', 'complete', 'acknowledge', 'verify', 'sign', 'unsign', 'amend', 'rerun', 'cancel',
  'attach_file', 'convert', 'mark_done',
])
export type ReportAction = Static<typeof ReportAction>

type Transitions = Partial<Record<ReportAction, readonly [ReportStatus, ...ReportStatus[]]>>

/** As far as its specimen is. */
const backToStart = ['received', 'collected', 'ordered'] as const

/**
 * What may be done with a report in each status, and where it may lead: the first outcome is the usual one.
 *
 * - Rejecting a specimen discards results that were not verified. Redraw replaces it, which the report awaits as `ordered`.
 * - `save` on a completed or verified report withdraws that step; `complete` is the same write with every required value there.
 * - `sign` gives `partially_signed` until a signature reaches the required rank. From `completed` it verifies as well, which needs both permissions.
 * - `attach_file` gives a report its file, which is its result; `convert` makes a report one of a file or one of values and discards what it held,
 *   with its signatures; `mark_done` completes a report whose results are in the file of another.
 * - An amended report is verified and signed again before it is issued; what was issued stays in its history.
 */
export const reportTransitions = {
  ordered: {
    collect: ['collected', 'received'], redraw: ['ordered'], cancel: ['cancelled'], attach_file: ['completed'], convert: ['ordered'], mark_done: ['completed'],
  },
  collected: {
    receive: ['received'], reject: ['ordered'], redraw: ['ordered'], cancel: ['cancelled'], attach_file: ['completed'], convert: ['collected'],
    mark_done: ['completed'],
  },
  received: {
    save: ['in_progress'], complete: ['completed'], reject: ['ordered'], redraw: ['ordered'], cancel: ['cancelled'], attach_file: ['completed'],
    convert: ['received'], mark_done: ['completed'],
  },
  in_progress: {
    save: ['in_progress'], complete: ['completed'], acknowledge: ['in_progress'], rerun: ['in_progress'], reject: ['ordered'], redraw: ['ordered'],
    cancel: ['cancelled'], attach_file: ['completed'], convert: backToStart,
  },
  completed: {
    save: ['in_progress'], complete: ['completed'], acknowledge: ['completed'], verify: ['verified'], sign: ['signed', 'partially_signed'],
    rerun: ['in_progress'], reject: ['ordered'], redraw: ['ordered'], cancel: ['cancelled'], attach_file: ['completed'], convert: backToStart,
  },
  verified: {
    save: ['in_progress'], complete: ['completed'], acknowledge: ['verified'], sign: ['signed', 'partially_signed'], rerun: ['in_progress'],
    cancel: ['cancelled'], attach_file: ['completed'], convert: backToStart,
  },
  partially_signed: { acknowledge: ['partially_signed'], sign: ['signed', 'partially_signed'], unsign: ['verified'], convert: backToStart },
  signed: { acknowledge: ['signed'], unsign: ['verified'], amend: ['completed'], convert: backToStart },
  cancelled: {},
} as const satisfies Record<ReportStatus, Transitions>

/** Statuses from which an action may start: what a command puts into its WHERE. */
export const statusesAllowing = (action: ReportAction): ReportStatus[] =>
  (Object.keys(reportTransitions) as ReportStatus[]).filter((status) => action in reportTransitions[status])

export const SpecimenStatus = oneOf(['pending', 'collected', 'received', 'rejected', 'replaced', 'cancelled'])
export type SpecimenStatus = Static<typeof SpecimenStatus>

/** As far as the least advanced of its specimens; `cancelled` when all are. */
export const AccessionStatus = oneOf(['pending', 'collected', 'received', 'cancelled'])
export type AccessionStatus = Static<typeof AccessionStatus>
