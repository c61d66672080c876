import { sql } from 'kysely'
import { activitiesAfter } from '#platform/activity'
import type { Job } from '#platform/module'
import { change, type Heard, type Tx } from '#platform/unit-of-work'
import { sendSoon } from './send-soon.ts'
import { organisationOf, subjectData } from './subject-data.ts'

interface Listening {
  id: number
  name: string
  actions: string[]
  organisationId: number | null
  since: number
}

/**
 * Writes down what each partner is to be told of one record: everything of it that the log has and that was not written down before, in the log's order.
 * So it does not matter in which order these jobs run, how often, or which of them are lost to another that ran first.
 */
export const tellPartners: Job = async (payload, { actor }) => {
  const { subjectType, subjectId } = payload as unknown as Heard
  await change(actor, async (tx) => {
    for (const partner of await listeningTo(tx, subjectType, subjectId)) await writeDown(tx, partner, subjectType, subjectId)
  })
}

/** Partners with how far each was told of this record; locked, so that two jobs do not write down the same twice. */
async function listeningTo(tx: Tx, type: string, id: number): Promise<Listening[]> {
  const { rows } = await sql<Listening>`
    select p.id, p.name, p.actions, p.organisation_id as "organisationId",
      greatest(p.since_activity, (select coalesce(max(d.activity_id), 0) from integrations.delivery d
        where d.partner_id = p.id and d.subject_type = ${type} and d.subject_id = ${id})) as since
    from integrations.partner p where not p.disabled order by p.id for no key update`.execute(tx.db)
  return rows
}

async function writeDown(tx: Tx, partner: Listening, type: string, id: number): Promise<void> {
  const events = await activitiesAfter(tx.reader, { type, id }, partner.since, partner.actions)
  if (events.length === 0) return
  if (partner.organisationId !== null && organisationOf(await subjectData(tx.reader, tx.actor, type, id)) !== partner.organisationId) return
  await sql`
    insert into integrations.delivery (lab_id, partner_id, activity_id, action, subject_type, subject_id, patient_id, happened_at, message, due_at)
    select ${tx.actor.labId}, ${partner.id}, e.id, e.action, ${type}, ${id}, e."patientId", e.at, e.message, ${tx.now}
    from jsonb_to_recordset(${JSON.stringify(events)}) as e(id bigint, action text, "patientId" bigint, at timestamptz, message text)
    on conflict do nothing`.execute(tx.db)
  const patientId = events[0]?.patientId ?? null
  tx.record('integrations.queued', { id: partner.id, name: partner.name, patientId }, { events: events.map(({ message }) => message).join('; ') })
  sendSoon(tx, partner.id)
}
