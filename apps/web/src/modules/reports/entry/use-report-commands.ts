import {
  acknowledgeCritical, amendReport, cancelReport, completeReport, convertReport, countWorklist, getHistory, getReport, listWorklist, rerunReport,
  saveValues, signReport, unsignReport,
  verifyReport, type AcknowledgeBody, type Report, type ReportState, type RouteDefinition,
} from '@aliquot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, call, routeKey, toastProblem } from '../../../platform/index.ts'
import { inputsOf, interpretationInput } from './draft.ts'
import { focusResult } from './focus.ts'
import { missing, troubled, type Entry } from './use-entry.ts'

export type Step = 'complete' | 'verify' | 'sign'
type Done = Step | 'save' | 'unsign' | 'amend' | 'rerun' | 'cancel' | 'acknowledge' | 'convert'
const stepRoutes = { complete: completeReport, verify: verifyReport, sign: signReport }

/** The commands of one report. Each puts its answer on screen; a refusal is said where it belongs, and nothing typed is lost. */
export function useReportCommands(entry: Entry, onOwn: (report: Report) => void) {
  const { t } = useTranslation('reports')
  const client = useQueryClient()
  const { report } = entry
  const params = { reportId: report.id }
  const key = routeKey(getReport, { params })
  /** The step that waits until somebody was told about the critical values. */
  const [telling, setTelling] = useState<{ next: Step | null } | null>(null)
  /** What was done last: said beside the buttons, where a toast would hide them. */
  const [last, setLast] = useState<{ done: Done; version: number } | null>(null)

  const put = (state: ReportState) => {
    const next = { ...(client.getQueryData<Report>(key) ?? report), ...state }
    client.setQueryData(key, next)
    onOwn(next)
    for (const route of [listWorklist, countWorklist, getHistory] as RouteDefinition[]) void client.invalidateQueries({ queryKey: routeKey(route) })
    return state
  }
  const refused = async (error: unknown, next: Step | null): Promise<void> => {
    if (!(error instanceof ApiProblem)) throw error
    if (error.code === 'platform.stale_version') {
      await client.refetchQueries({ queryKey: key })
      toastProblem(new ApiProblem({ ...error, title: t('entry.stale'), detail: '' }))
    } else if (error.code === 'reports.critical_unacknowledged') {
      // Completing saves as well: first what was typed, so that there is a critical value to tell about.
      if (entry.changes > 0 && entry.report.actions.includes('save') && !(await store(false))) return
      setTelling({ next })
    } else if (error.errors.length === 0) toastProblem(error)
    else {
      const at = errorsByCode(error, inputsOf(entry.draft, report).map(({ code }) => code))
      entry.refuse(at.known)
      if (at.rest) toastProblem(at.rest)
      const first = Object.keys(at.known)[0]
      if (first) focusResult(first)
    }
  }
  const mutation = useMutation<ReportState | null, unknown, { done: Done; run: () => Promise<ReportState>; next?: Step | null }>({
    networkMode: 'always',
    mutationFn: async ({ done, run, next = null }) => {
      try {
        const state = put(await run())
        setLast({ done, version: state.version })
        if (done !== 'save' && done !== 'acknowledge') closeFields()
        return state
      } catch (error) {
        await refused(error, next)
        return null
      }
    },
  })
  /** Nothing is left to type: the keys of the page work again. */
  const closeFields = () => {
    entry.edit(false)
    if (document.activeElement instanceof HTMLElement && document.activeElement.dataset.result) document.activeElement.blur()
  }
  const perform = (done: Done, run: () => Promise<ReportState>, next: Step | null = null) => mutation.mutateAsync({ done, run, next })
  /** For dialogs: rejects when refused, so that they stay open. */
  const insist = async (done: Done, run: () => Promise<ReportState>): Promise<ReportState> => {
    const state = await perform(done, run)
    if (!state) throw new Error('refused')
    return state
  }

  /** What the server would refuse is shown at once, all of it, and the first field gets the focus. */
  const isReady = (complete: boolean): boolean => {
    if (entry.conflicts.length > 0) {
      document.querySelector<HTMLElement>('[data-conflicts] button')?.focus()
      return false
    }
    const without = complete ? missing(entry.rows) : []
    const wrong = new Set([...troubled(entry.rows), ...without.map(({ parameter }) => parameter.code)])
    if (wrong.size === 0) return true
    entry.touch(...wrong)
    entry.refuse(Object.fromEntries(without.map(({ parameter }) => [parameter.code, t('entry.missing', { name: parameter.name })])))
    const first = entry.rows.find(({ parameter }) => wrong.has(parameter.code))
    if (first) focusResult(first.parameter.code)
    return false
  }
  async function store(complete: boolean): Promise<ReportState | null> {
    if (!isReady(complete)) return null
    const sent = entry.draft
    const body = { version: report.version, values: inputsOf(sent, report), ...interpretationInput(sent, report), complete }
    const state = await perform(complete ? 'complete' : 'save', () => call(saveValues, { params, body }), complete ? 'complete' : null)
    if (state) entry.saved(sent, state)
    return state
  }

  const step = (which: Step, version = report.version) => perform(which, () => call(stepRoutes[which], { params, body: { version } }), which)
  return {
    busy: mutation.isPending ? mutation.variables.done : null,
    last: last?.version === report.version ? last.done : null,
    telling,
    tell: () => setTelling({ next: null }),
    stopTelling: () => setTelling(null),
    save: () => store(false),
    complete: () => (entry.changes > 0 ? store(true) : isReady(true) ? step('complete') : Promise.resolve(null)),
    verify: () => step('verify'),
    sign: () => step('sign'),
    acknowledge: async (body: Omit<AcknowledgeBody, 'version'>) => {
      const next = telling?.next ?? null
      const state = await insist('acknowledge', () => call(acknowledgeCritical, { params, body: { ...body, version: report.version } }))
      setTelling(null)
      if (next) await step(next, state.version)
    },
    unsign: (reason: string) => insist('unsign', () => call(unsignReport, { params, body: { version: report.version, reason } })),
    cancel: (reason: string) => insist('cancel', () => call(cancelReport, { params, body: { version: report.version, reason } })),
    convert: (reason: string) => insist('convert', () => call(convertReport, {
      body: { labReportId: report.id, version: report.version, fileInputReport: !report.flags.isFile, ...(reason ? { reason } : {}) },
    })),
    rerun: (codes: string[], reason: string) => insist('rerun', () => call(rerunReport, { params, body: { version: report.version, codes, reason } })),
    amend: async (reason: string) => {
      const sent = entry.draft
      const body = { version: report.version, reason, values: inputsOf(sent, report), ...interpretationInput(sent, report) }
      const state = await insist('amend', () => call(amendReport, { params, body }))
      entry.saved(sent, state)
      entry.amend(false)
    },
  }
}

export type Commands = ReturnType<typeof useReportCommands>

/** `/values/3/value` names the third value sent, `/values/HB` the parameter itself; what fits no field is said elsewhere. */
export function errorsByCode(problem: ApiProblem, sent: readonly string[]): { known: Record<string, string>; rest: ApiProblem | null } {
  const known: Record<string, string> = {}
  const others = problem.errors.filter(({ path, message }) => {
    const [, list, which = ''] = path.split('/')
    const code = list !== 'values' || which === '' ? undefined : /^\d+$/.test(which) ? sent[Number(which)] : which
    if (code !== undefined) known[code] = message
    return code === undefined
  })
  return { known, rest: others.length > 0 ? new ApiProblem({ ...problem, title: problem.message, errors: others }) : null }
}
