import type { MissingFieldModule, OpenDetail } from '@aliquot/contracts'
import { sql } from 'kysely'
import { actorRef } from '#platform/auth'
import type { Tx } from '#platform/unit-of-work'
import { addressOf } from './addresses.ts'
import type { SavedValue } from './fields.ts'

/** Whose values were saved, and how lists name them. */
export interface Captured {
  patient: { id: number; number: string; fullName: string }
  /** Of a bill; null: the patient's own details. */
  bill: { id: number; number: string } | null
  organisationId: number | null
  doctorId: number | null
}

interface Judged {
  id: number
  module: MissingFieldModule
  name: string
  label: string
  value: string
  blocksRelease: boolean
  state: 'open' | 'confirmed' | 'edited'
  before: 'open' | 'confirmed' | 'edited' | null
  disabled: boolean
}

/**
 * Compares what was just saved with the lab's placeholders, in one statement whatever the number of fields. A watched field that holds its
 * placeholder opens an incident; one that holds something else resolves it. What is open or confirmed stays so while its value stays, also when
 * the lab chose another placeholder since. The caller holds the lock of the patient or the bill. Answers which of these fields are open now.
 */
export async function captureDetails(tx: Tx, about: Captured, values: readonly SavedValue[]): Promise<OpenDetail[]> {
  const { rows } = await judge(tx, about, values).execute(tx.db)
  const subject = (judged: Judged[]) => ({ ...about.patient, id: judged[0]?.id ?? 0, patientId: about.patient.id })
  const labels = (judged: Judged[]) => ({ fields: judged.map(({ label }) => label).join(', '), ...(about.bill ? { bill: about.bill.number } : {}) })
  const opened = rows.filter(({ state, before }) => state === 'open' && before !== 'open')
  const edited = rows.filter(({ state, before }) => state === 'edited' && before !== 'edited')
  if (opened.length > 0) tx.record('missing_details.opened', subject(opened), labels(opened))
  if (edited.length > 0) tx.record('missing_details.edited', subject(edited), labels(edited))
  return rows.filter(({ state, disabled }) => state === 'open' && !disabled).map(({ id, module, name, label, value, blocksRelease }) => ({
    id, fieldName: name, fieldModule: module, label, value, blocksRelease,
    url: addressOf(module, name, { patientId: about.patient.id, billId: about.bill?.id ?? null }),
  }))
}

/** Rows of all of these fields that have an incident afterwards. */
function judge(tx: Tx, { patient, bill, organisationId, doctorId }: Captured, values: readonly SavedValue[]) {
  const lab = tx.actor.labId
  const by = JSON.stringify(actorRef(tx.actor))
  const ofBill = (column: string) => (bill ? sql`${sql.ref(column)} = ${bill.id}` : sql`${sql.ref(column)} is null`)
  return sql<Judged>`
    with given as (
      select c.id as configuration_id, c.value, c.match_key, c.disabled, c.blocks_release, t.module, t.name,
        t.label,
        array_remove(array[trim(platform.fold(g.value)), '#' || g.id], null) as keys
      from jsonb_to_recordset(${JSON.stringify(values)}) as g(module text, name text, value text, id bigint)
        join missing_details.template t on t.module = g.module and t.name = g.name
        join missing_details.configuration c on c.lab_id = ${lab} and c.template_id = t.id
    ), judged as (
      select g.*, i.id, i.value as held, i.state as before, case
          when i.state in ('open', 'confirmed') and i.match_key = any (g.keys) then i.state
          when not g.disabled and g.match_key = any (g.keys) then 'open'
          when i.state in ('open', 'confirmed') then 'edited'
          else i.state end as state,
        i.state in ('open', 'confirmed') and i.match_key = any (g.keys) as stays
      from given g left join missing_details.incident i
        on i.lab_id = ${lab} and i.configuration_id = g.configuration_id and i.patient_id = ${patient.id} and ${ofBill('i.bill_id')}
    ), opened as (
      insert into missing_details.incident (lab_id, configuration_id, patient_id, patient_number, patient_name, bill_id, bill_number, organisation_id,
        doctor_id, value, match_key, state, created_at, opened_at, opened_by, updated_at)
      select ${lab}, configuration_id, ${patient.id}, ${patient.number}, ${patient.fullName}, ${bill?.id ?? null}::bigint, ${bill?.number ?? null}::text,
        ${organisationId}::bigint, ${doctorId}::bigint, value, match_key, 'open', ${tx.now}, ${tx.now}, ${by}::jsonb, ${tx.now}
      from judged where id is null and state = 'open' order by configuration_id
      returning id, configuration_id
    ), moved as (
      update missing_details.incident i
      set patient_number = ${patient.number}, patient_name = ${patient.fullName}, updated_at = ${tx.now},
        organisation_id = case when ${ofBill('i.bill_id')} then ${organisationId}::bigint else i.organisation_id end,
        doctor_id = case when ${ofBill('i.bill_id')} then ${doctorId}::bigint else i.doctor_id end,
        -- Who confirms at this moment is waited for and read anew: what stays is not written over.
        state = case when j.turns then j.state else i.state end,
        value = case when j.turns and j.state = 'open' then j.value else i.value end,
        match_key = case when j.turns and j.state = 'open' then j.match_key else i.match_key end,
        opened_at = case when j.turns and j.state = 'open' then ${tx.now} else i.opened_at end,
        opened_by = case when j.turns and j.state = 'open' then ${by}::jsonb else i.opened_by end,
        resolved_at = case when not j.turns then i.resolved_at when j.state = 'edited' then ${tx.now}::timestamptz end,
        resolved_by = case when not j.turns then i.resolved_by when j.state = 'edited' then ${by}::jsonb end
      from (
        select each.id, j.state, j.value, j.match_key, coalesce(not j.stays and j.state is distinct from j.before or j.reopens, false) as turns
        from missing_details.incident each left join (select *, not stays and state = 'open' as reopens from judged) j on j.id = each.id
        where each.lab_id = ${lab} and each.patient_id = ${patient.id} ${bill ? sql`and each.bill_id = ${bill.id}` : sql``}
      ) j
      where i.id = j.id and (j.turns or (i.patient_number, i.patient_name) <> (${patient.number}, ${patient.fullName}) or (${ofBill('i.bill_id')}
        and (i.organisation_id, i.doctor_id) is distinct from (${organisationId}::bigint, ${doctorId}::bigint)))
    )
    select coalesce(j.id, o.id) as id, j.module, j.name, j.label, case when j.stays then j.held else j.value end as value,
      j.blocks_release as "blocksRelease", j.state, j.before, j.disabled
    from judged j left join opened o using (configuration_id) where j.state is not null and (j.id is not null or o.id is not null) order by 1`
}
