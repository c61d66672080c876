import type { MissingDetailOutcome, MissingDetailState } from '@aliquot/contracts'
import { sql } from 'kysely'
import { actorRef } from '#platform/auth'
import { platformErrors, type Problem } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { missingDetailErrors } from './errors.ts'

interface Asked {
  ids: readonly number[]
  /** true: the values are the truth as they are. false: they are not, after all. */
  isResolved: boolean
}

interface Locked {
  id: number
  state: MissingDetailState
  patientId: number
  number: string
  fullName: string
  label: string
}

/**
 * Confirms incidents by hand, or opens confirmed ones again; each id succeeds or fails alone, and ids out of the actor's reach are not found.
 * What is resolved already stays as it is. An edited one cannot be opened: its field holds a real value. Two statements.
 */
export async function resolveDetails(tx: Tx, { ids, isResolved }: Asked): Promise<{ updated: number; outcomes: MissingDetailOutcome[] }> {
  const { rows } = await sql<Locked>`
    select i.id, i.state, i.patient_id as "patientId", i.patient_number as number, i.patient_name as "fullName", t.label
    from missing_details.incident i join missing_details.configuration c on c.id = i.configuration_id
      join missing_details.template t on t.id = c.template_id
    where i.id = any (${ids}::bigint[]) order by i.id for update of i`.execute(tx.db)
  const known = new Map(rows.map((row) => [row.id, row]))
  const turning = rows.filter(({ state }) => state === (isResolved ? 'open' : 'confirmed'))
  const target = isResolved ? 'confirmed' : 'open'
  if (turning.length > 0) {
    await sql`
      update missing_details.incident set state = ${target}, updated_at = ${tx.now},
        resolved_at = ${isResolved ? tx.now : null}::timestamptz, resolved_by = ${isResolved ? JSON.stringify(actorRef(tx.actor)) : null}::jsonb
      where id = any (${turning.map(({ id }) => id)}::bigint[])`.execute(tx.db)
  }
  for (const each of turning) tx.record(isResolved ? 'missing_details.confirmed' : 'missing_details.reopened', each)
  const turned = new Set(turning.map(({ id }) => id))
  return { updated: turning.length, outcomes: ids.map((id) => outcomeOf(id, known.get(id), turned.has(id) ? target : null, isResolved)) }
}

function outcomeOf(id: number, row: Locked | undefined, turned: MissingDetailState | null, isResolved: boolean): MissingDetailOutcome {
  const state = turned ?? row?.state ?? null
  const problem = whyNot(row, turned, isResolved)
  return { id, ok: !problem, state, code: problem?.code ?? null, detail: problem?.message ?? null }
}

function whyNot(row: Locked | undefined, turned: MissingDetailState | null, isResolved: boolean): Problem | null {
  if (!row) return platformErrors.not_found({ thing: 'missing detail' })
  if (turned || isResolved || row.state === 'open') return null
  return missingDetailErrors.value_changed()
}
