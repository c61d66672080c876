import {
  getHistory, getMolecularEntry, getReport, listWorklist, rerunTargets, updateDrugs, type DrugsBody, type MolecularEntry, type RouteDefinition,
} from '@aliquot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, call, routeKey, toastDone, toastProblem, useUnsavedGuard } from '../../../platform/index.ts'
import { bodyOf, changesOf, conflictsOf, emptyDraft, sheetOf, storedFields, withEdit, type Draft } from './draft.ts'

export type Entry = ReturnType<typeof useMolecularEntry>

/** What is typed into a report's targets, judged as it is typed, and how it is saved. */
export function useMolecularEntry(entry: MolecularEntry, onDirty: (dirty: boolean) => void) {
  const { t } = useTranslation('molecularEntry')
  const client = useQueryClient()
  const [draft, setDraft] = useState<Draft>(emptyDraft)
  const [amending, setAmending] = useState(false)
  const [editing, setEditing] = useState(false)
  const stored = useMemo(() => storedFields(entry), [entry])
  const sheet = useMemo(() => sheetOf(entry, draft), [entry, draft])
  const changes = changesOf(draft)
  useEffect(() => onDirty(changes > 0 || amending), [changes, amending, onDirty])
  useUnsavedGuard(changes > 0)
  const open = editing || !['completed', 'verified'].includes(entry.status)
  const key = routeKey(getMolecularEntry, { params: { reportId: entry.report_id } })
  const mutation = useMutation<MolecularEntry | null, unknown, () => Promise<MolecularEntry>>({
    networkMode: 'always',
    mutationFn: async (run) => {
      try {
        const saved = await run()
        client.setQueryData(key, saved)
        setDraft(emptyDraft)
        setAmending(false)
        for (const route of [getReport, listWorklist, getHistory] as RouteDefinition[]) void client.invalidateQueries({ queryKey: routeKey(route) })
        return saved
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error
        if (error.code === 'platform.stale_version') {
          await client.refetchQueries({ queryKey: key })
          toastProblem(new ApiProblem({ ...error, title: t('stale'), detail: '' }))
        } else toastProblem(error)
        return null
      }
    },
  })
  const params = { reportId: entry.report_id }
  const send = async (more: Partial<DrugsBody>, done: string) => {
    const saved = await mutation.mutateAsync(() => call(updateDrugs, { params, body: { version: entry.version, ...bodyOf(draft, sheet), ...more } }))
    if (saved) {
      setEditing(false)
      toastDone(done)
    }
    return saved !== null
  }
  return {
    entry, sheet, draft, changes, amending,
    conflicts: conflictsOf(draft, stored),
    editable: amending || (open && entry.actions.includes('save')),
    busy: mutation.isPending,
    set: (field: string, to: string) => setDraft((before) => withEdit(before, stored, field, to)),
    takeTheirs: (field: string) => setDraft((before) => ({ ...before, edits: Object.fromEntries(Object.entries(before.edits).filter(([each]) => each !== field)) })),
    keepMine: (field: string) => setDraft((before) => {
      const edit = before.edits[field]
      return edit ? { ...before, edits: { ...before.edits, [field]: { ...edit, was: stored[field] ?? '' } } } : before
    }),
    /** Everything that was not measured shows no signal. */
    restNotDetected: () => setDraft((before) => sheet.lines.reduce((now, { target, readings, result }) => (result !== null || (entry.plan.kind === 'culture' && target.kind === 'organism') ? now
      : readings.reduce((inner, text, part) => (text.trim() === '' ? withEdit(inner, stored, `r/${target.key}/${part}`, 'Undetermined') : inner), now)), before)),
    addOrganism: (id: number, name: string) => setDraft((before) => {
      const numbers = sheet.lines.filter(({ target }) => target.kind === 'organism' && target.id === id).map(({ target }) => target.number)
      const number = Math.max(0, ...numbers) + 1
      const grown = entry.plan.kind === 'culture' ? withEdit(before, stored, 'growth', 'growth') : before
      return number > 9 ? before : { ...grown, added: [...grown.added, { id, number, name }] }
    }),
    removeOrganism: (target: string) => setDraft((before) => ({
      added: before.added.filter(({ id, number }) => `o${id}${number > 1 ? `.${number}` : ''}` !== target),
      removed: entry.plan.targets.some((each) => each.key === target) ? [...before.removed, target] : before.removed,
      edits: Object.fromEntries(Object.entries(before.edits).filter(([field]) => field.split('/')[1] !== target)),
    })),
    discard: () => {
      setDraft(emptyDraft)
      setAmending(false)
      setEditing(false)
    },
    edit: () => setEditing(true),
    amend: () => setAmending(true),
    save: () => send({}, t('saved')),
    complete: () => send({ complete: true }, t('completed')),
    finishAmending: (reason: string) => send({ reason }, t('amended')),
    rerun: async (targets: string[], reason: string) => {
      const saved = await mutation.mutateAsync(() => call(rerunTargets, { params, body: { version: entry.version, targets, reason } }))
      if (saved) toastDone(t('rerun.done'))
      return saved !== null
    },
  }
}
