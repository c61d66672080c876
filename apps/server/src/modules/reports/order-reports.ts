import { sql, type RawBuilder } from 'kysely'
import type { OrderableTest } from '#modules/catalog'
import { labProfile } from '#modules/labs'
import { noteVisit } from '#modules/patients'
import { platformErrors } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { planLines, type Line, type SpecimenInUse } from './plan-lines.ts'

export interface OrderedTest {
  test: OrderableTest
  billItemId: number
}

export interface ReportOrder {
  patientId: number
  billId: number
  billNumber: string
  icd: { code: string; description: string }[]
  organisationId: number | null
  doctorId: number | null
  priority: 'routine' | 'urgent' | 'stat'
  /** The specimens are drawn at the desk. */
  collectNow: boolean
  tests: OrderedTest[]
}

interface Made {
  id: number
  number: string
  reports: { id: number }[]
}

/**
 * Orders the tests of a bill: one accession, one specimen for all tests that share type and container, one report for each test.
 * Two statements, whatever the number of tests. A test that asks for no specimen gets none.
 */
export async function orderReports(tx: Tx, order: ReportOrder): Promise<{ accession: { id: number; number: string } }> {
  const { timezone, settings } = await labProfile(tx.actor.labId)
  const drawn = order.collectNow ? (settings.receiveOnCollect ? 'received' : 'collected') : 'pending'
  const accession = sql`
    insert into reports.accession (lab_id, number, patient_id, bill_id, bill_number, icd, organisation_id, doctor_id, priority, ordered_at,
      ordered_by)
    select ${tx.actor.labId}, to_char(${tx.now}::timestamptz at time zone ${timezone}, 'YY') || lpad(labs.next_number('accession')::text, 7, '0'),
      ${order.patientId}, ${order.billId}, ${order.billNumber}, ${JSON.stringify(order.icd)}, ${order.organisationId}, ${order.doctorId},
        ${order.priority}, ${tx.now},
      ${tx.actor.accountId}
    returning *`
  const made = await insertOrder(tx, accession, planLines(order.tests, tx.now, { reports: 0, specimens: [] }), drawn)
  await noteVisit(tx, order)
  recordOrder(tx, order, made)
  return { accession: { id: made.id, number: made.number } }
}

/**
 * Adds tests to the accession of a bill. They use its specimens where one of the right kind is still good. The specimens are locked, so that
 * none is collected or replaced meanwhile.
 */
export async function extendOrder(tx: Tx, billId: number, patientId: number, tests: OrderedTest[]): Promise<void> {
  await sql`
    select s.id from reports.specimen s join reports.accession a on a.id = s.accession_id
    where a.lab_id = ${tx.actor.labId} and a.bill_id = ${billId} order by s.id for update of s`.execute(tx.db)
  const { rows: [known] } = await sql<{ id: number; reports: number; specimens: SpecimenInUse[] }>`
    select a.id, (select count(*) from reports.report r where r.accession_id = a.id) as reports,
      (select coalesce(jsonb_agg(jsonb_build_object('letter', substr(s.number, length(a.number) + 1), 'type', s.type, 'container', s.container,
        'usable', s.status in ('pending', 'collected', 'received')) order by s.id), '[]') from reports.specimen s
          where s.accession_id = a.id) as specimens
    from reports.accession a where a.lab_id = ${tx.actor.labId} and a.bill_id = ${billId}`.execute(tx.db)
  if (!known) throw platformErrors.not_found({ thing: 'accession' })
  const made = await insertOrder(tx, sql`select * from reports.accession where id = ${known.id}`, planLines(tests, tx.now, known), 'pending')
  recordOrder(tx, { patientId, tests }, made)
}

async function insertOrder(tx: Tx, accession: RawBuilder<unknown>, lines: Line[], drawn: 'pending' | 'collected' | 'received'): Promise<Made> {
  const collectedAt = drawn === 'pending' ? null : tx.now
  const receivedAt = drawn === 'received' ? tx.now : null
  const { rows: [made] } = await sql<Made>`
    with line as (
      select * from jsonb_to_recordset(${JSON.stringify(lines)}) as l(place int, letter text, fresh boolean, type text, container text,
        test_id bigint, version_id bigint,
        department_id bigint, is_file boolean, by_sections boolean, due_at timestamptz, rank smallint, bill_item_id bigint)
    ), accession as (${accession}), drawn as (
      insert into reports.specimen (lab_id, accession_id, number, type, container, status, collected_at, collected_by, received_at, received_by)
      select a.lab_id, a.id, a.number || l.letter, min(l.type), min(l.container), ${drawn}, ${collectedAt}::timestamptz,
        ${collectedAt ? tx.actor.accountId : null}::bigint,
        ${receivedAt}::timestamptz, ${receivedAt ? tx.actor.accountId : null}::bigint
      from accession a, line l where l.fresh group by a.lab_id, a.id, a.number, l.letter
      returning id, number, status, collected_at, received_at
    ), specimen as (
      select * from drawn
      union all select s.id, s.number, s.status, s.collected_at, s.received_at from reports.specimen s
        where s.accession_id = (select id from accession)
    ), report as (
      insert into reports.report (lab_id, number, accession_id, specimen_id, patient_id, bill_id, bill_item_id, test_id, test_version_id,
        department_id, organisation_id,
        doctor_id, status, priority, is_file, by_sections, ordered_at, due_at, collected_at, received_at, required_sign_rank)
      select a.lab_id, a.number || '-' || l.place, a.id, s.id, a.patient_id, a.bill_id, l.bill_item_id, l.test_id, l.version_id, l.department_id,
        a.organisation_id, a.doctor_id, case when s.id is null then 'received' when s.status = 'pending' then 'ordered'
          else s.status end, a.priority, l.is_file, l.by_sections,
        ${tx.now}, l.due_at, s.collected_at, s.received_at, l.rank
      from accession a cross join line l left join specimen s on s.number = a.number || l.letter
      order by l.place
      returning id
    )
    select a.id, a.number, (select jsonb_agg(jsonb_build_object('id', r.id) order by r.id) from report r) as reports from accession a`.execute(tx.db)
  if (!made) throw new Error('the order made no accession')
  return made
}

function recordOrder(tx: Tx, { patientId, tests }: { patientId: number; tests: OrderedTest[] }, { id, number, reports }: Made): void {
  tx.record('reports.ordered', { id, patientId, number }, { tests: tests.map(({ test }) => test.code).join(', ') })
  tx.reindex('report', reports.map((report) => report.id))
  for (const report of reports) tx.hint('report', report.id)
}

export interface OrderFacts {
  icd: { code: string; description: string }[]
  organisationId: number | null
  doctorId: number | null
  priority: 'routine' | 'urgent' | 'stat'
}

/** Keeps what a bill says about its order in step: for whom, how urgent, what for. */
export async function updateOrder(tx: Tx, billId: number, facts: OrderFacts): Promise<void> {
  const { rows: [accession] } = await sql<{ id: number; patientId: number; number: string }>`
    update reports.accession set icd = ${JSON.stringify(facts.icd)}, organisation_id = ${facts.organisationId}, doctor_id = ${facts.doctorId},
      priority = ${facts.priority}
    where lab_id = ${tx.actor.labId} and bill_id = ${billId} returning id, patient_id as "patientId", number`.execute(tx.db)
  if (!accession) throw platformErrors.not_found({ thing: 'accession' })
  const { rows } = await sql<{ id: number }>`
    update reports.report set organisation_id = ${facts.organisationId}, doctor_id = ${facts.doctorId}, priority = ${facts.priority}
    where accession_id = ${accession.id} and (organisation_id, doctor_id, priority) is distinct
      from (${facts.organisationId}::bigint, ${facts.doctorId}::bigint, ${facts.priority}::text)
    returning id`.execute(tx.db)
  if (rows.length === 0) return
  await noteVisit(tx, { ...facts, patientId: accession.patientId })
  tx.record('reports.order_changed', accession)
  tx.reindex('report', rows.map(({ id }) => id))
  for (const { id } of rows) tx.hint('report', id)
}
