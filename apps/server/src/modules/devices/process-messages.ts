import { sql } from 'kysely'
import type { HoldReason } from '@aliquot/contracts'
import { labProfile } from '#modules/labs'
import { instrumentTargets, noTargets } from '#modules/molecular'
import { reportsOfSamples, type SampleReport } from '#modules/reports'
import type { Actor } from '#platform/auth'
import type { Job } from '#platform/module'
import { change, read, type Tx } from '#platform/unit-of-work'
import { giveFiles, type ReadFile } from './give-files.ts'
import { mappingsOf, placeResult, type Placed, type SentResult } from './place-results.ts'
import { releaseByThemselves } from './release.ts'
import { readStored, type StoredBytes } from './read-stored.ts'
import type { ReadMessage, ReadSample } from './read/read-message.ts'
import { settleMessages } from './settle-messages.ts'
import { noteControls, controlsOut } from './note-controls.ts'
import { setups, type Setup } from './setup.ts'

interface Row extends StoredBytes {
  id: number
  instrumentId: number | null
  receivedAt: Date
}

/** A result with its place in the message. */
export interface PlacedResult extends SentResult, Placed {
  position: number
  matchedSpecimen: string | null
}

const batch = 50

/** Reads what was stored since, each message in a transaction of its own: one that cannot be read keeps no other waiting. */
export const processMessages: Job = async (_, { actor }) => {
  for (;;) {
    const { rows } = await read(actor, (db) => sql<{ id: number }>`
      select id from devices.message where lab_id = ${actor.labId} and state = 'stored' order by id limit ${batch}`.execute(db as never))
    for (const { id } of rows) await processMessage(actor, id)
    if (rows.length < batch) return
  }
}

/** Reads one message and places its results. Doing it again does nothing; `again` reads it anew, and keeps what was decided. */
export async function processMessage(actor: Actor, id: number, { again = false } = {}): Promise<void> {
  const { timezone } = await labProfile(actor.labId)
  const plan = await planMessage(actor, id, timezone, again)
  if (!plan) return
  const written = await change(actor, (tx) => write(tx, plan, again))
  if (!written || !plan.setup) return
  await giveFiles(actor, id, plan.files)
  if (plan.setup.autoRelease) await releaseByThemselves(actor, id, plan.setup)
}

/** What would become of a message now; nothing is written. Null where it was read already. */
export interface Plan {
  row: Row
  setup: Setup | null
  message: ReadMessage | null
  reason: HoldReason | null
  detail: string | null
  results: PlacedResult[]
  controls: ReadSample[]
  files: ReadFile[]
}

export async function planMessage(actor: Actor, id: number, timeZone: string, again: boolean): Promise<Plan | null> {
  return read(actor, async (db) => {
    const { rows: [row] } = await sql<Row & { matches: Record<string, string> }>`
      select m.id, m.protocol, m.bytes, m.instrument_id as "instrumentId", m.received_at as "receivedAt",
        (select coalesce(jsonb_object_agg(r.position, r.matched_specimen), '{}') from devices.result r where r.message_id = m.id and r.matched_specimen is not null) as matches
      from devices.message m where m.id = ${id} and (m.state = 'stored' or (${again} and m.state in ('processed', 'held')))`.execute(db as never)
    if (!row) return null
    const nothing = { row, setup: null, message: null, detail: null, results: [], controls: [], files: [] }
    if (row.instrumentId === null) return { ...nothing, reason: 'unknown_instrument' as const }
    const setup = (await setups(db, [row.instrumentId])).get(row.instrumentId)
    if (!setup) return { ...nothing, reason: 'unknown_instrument' as const }
    const message = readStored(row, setup.definition, timeZone)
    const sent = numbered(message.samples.filter(({ qc }) => !qc))
    const ids = [...new Set([...sent.map(({ sampleId }) => sampleId), ...Object.values(row.matches), ...message.samples.map(({ sampleId }) => sampleId)])]
    const found = await reportsOfSamples(db, actor.labId, ids)
    const reports = Map.groupBy(found, ({ sample }) => sample)
    const ofSections = found.filter(({ bySections }) => bySections).map(({ reportId }) => reportId)
    const wanted = ofSections.length > 0 || sent.some(({ testCode }) => mappingsOf(setup, testCode).length === 0)
    const known = {
      setup, controlsOut: await controlsOut(db, setup.instrumentId),
      targets: wanted ? await instrumentTargets(db, setup.instrumentId, [...new Set(ofSections)]) : noTargets,
    }
    const results = sent.map((one): PlacedResult => {
      const matchedSpecimen = row.matches[one.position] ?? null
      const sampleId = matchedSpecimen ?? one.sampleId
      return { ...one, matchedSpecimen, ...placeResult({ ...one, sampleId }, known, reports.get(sampleId) ?? []) }
    })
    return {
      row, setup, message, results: once(results), controls: message.samples.filter(({ qc }) => qc),
      files: filesOf(message, reports), reason: nothingRead(message) ? 'not_read' as const : null, detail: message.problems.join('; ').slice(0, 500) || null,
    }
  })
}

const numbered = (samples: readonly ReadSample[]): (SentResult & { position: number })[] => {
  let position = 0
  return samples.flatMap(({ sampleId, results }) => results.flatMap((result) => {
    position++
    return result.skipped ? [] : [{ ...result, sampleId, position }]
  }))
}

/** Of two results of one parameter in one message, as after a rerun, both wait: a person says which counts. */
function once(results: PlacedResult[]): PlacedResult[] {
  const seen = Map.groupBy(results.filter(({ state, reportId }) => state === 'waiting' && reportId !== null), ({ reportId, parameterCode }) => `${reportId} ${parameterCode}`)
  const doubled = new Set([...seen.values()].filter((group) => new Set(group.map(({ result }) => result)).size > 1).flat())
  const first = new Set([...seen.values()].map(([one]) => one))
  return results.map((one) => (doubled.has(one) ? { ...one, reason: 'several_reports', detail: 'the message has several results of this parameter' }
    : one.state === 'waiting' && one.reportId !== null && !first.has(one) ? { ...one, state: 'dismissed', reason: 'value_exists', detail: 'said twice in the message' } : one))
}

/** It should have said something, and nothing of it was understood. What has nothing to say (an acknowledgement, a sign of life) is no trouble. */
const nothingRead = ({ kind, samples, queried, problems }: ReadMessage): boolean =>
  queried.length === 0 && samples.every(({ results, files, qc }) => results.length + files.length === 0 && !qc) && (kind !== 'other' || problems.length > 0)

function filesOf({ samples }: ReadMessage, reports: ReadonlyMap<string, SampleReport[]>): ReadFile[] {
  const all = samples.flatMap(({ sampleId, files }) => files.map((file) => ({ ...file, sampleId })))
  return all.map(({ sampleId, ...file }, index) => {
    const able = (reports.get(sampleId) ?? []).filter(({ isFile, status }) => isFile && ['ordered', 'collected', 'received', 'in_progress'].includes(status))
    return { ...file, bytes: Buffer.from(file.bytes), sampleId, position: 10_000 + index, reportId: able.length === 1 ? able[0]?.reportId ?? null : null, several: able.length > 1 }
  })
}

async function write(tx: Tx, plan: Plan, again: boolean): Promise<boolean> {
  const { row, setup, results, controls, files } = plan
  const { rows: [locked] } = await sql<{ id: number }>`
    select id from devices.message where id = ${row.id} and (state = 'stored' or (${again} and state in ('processed', 'held'))) for update`.execute(tx.db)
  if (!locked) return false
  const rows = [...results, ...files.map(asResult)]
  // What somebody decided stays; everything else is placed anew.
  await sql`delete from devices.result where message_id = ${row.id} and state in ('waiting', 'held')`.execute(tx.db)
  await writeResults(tx, plan, rows)
  if (setup) await noteControls(tx, row, setup, controls)
  await noteRead(tx, plan, rows)
  if (plan.reason === null) await settleMessages(tx, [row.id])
  tx.record('devices.processed', { id: row.id }, { results: rows.length, held: rows.filter(({ state }) => state === 'held').length, from: setup?.name ?? 'an unknown instrument' })
  tx.hint('result', row.id)
  if (setup) tx.hint('instrument', setup.instrumentId)
  return true
}

async function writeResults(tx: Tx, { row, setup }: Plan, results: PlacedResult[]): Promise<void> {
  const rows = results.map(({ measuredAt, ...one }) => ({ ...one, measuredAt: measuredAt?.toISOString() ?? null }))
  await sql`
    insert into devices.result (lab_id, message_id, position, instrument_id, sample_id, test_code, value, unit, flags, status, measured_at, comments, state, reason, detail,
      report_id, patient_id, parameter_code, result, result_unit, result_flag, matched_specimen, received_at)
    select ${tx.actor.labId}, ${row.id}, r.position, ${setup?.instrumentId ?? null}::bigint, r."sampleId", r."testCode", r.value, r.unit, array(select jsonb_array_elements_text(r.flags)),
      r.status, r."measuredAt", array(select jsonb_array_elements_text(r.comments)), r.state, r.reason, r.detail, r."reportId", r."patientId", r."parameterCode", r.result,
      r."resultUnit", r."resultFlag", r."matchedSpecimen", ${row.receivedAt}
    from jsonb_to_recordset(${JSON.stringify(rows).replaceAll('\\u0000', '')}) as r(position int, "sampleId" text, "testCode" text, value text, unit text, flags jsonb, status text, "measuredAt" timestamptz,
      comments jsonb, state text, reason text, detail text, "reportId" bigint, "patientId" bigint, "parameterCode" text, result text, "resultUnit" text, "resultFlag" text,
      "matchedSpecimen" text)
    on conflict (message_id, position) do nothing`.execute(tx.db)
}

async function noteRead(tx: Tx, { row, setup, message, reason, detail }: Plan, rows: PlacedResult[]): Promise<void> {
  const waits = reason ?? rows.find(({ state }) => state === 'held')?.reason ?? null
  await sql`
    update devices.message set state = ${waits ? 'held' : 'processed'}, kind = ${message?.kind ?? 'other'}, reason = ${waits}, detail = ${detail}, processed_at = ${tx.now},
      profile_version_id = ${setup?.profileVersionId ?? null}::bigint, control_id = coalesce(control_id, ${message?.controlId ?? null}),
      sample_ids = ${[...new Set((message?.samples ?? []).map(({ sampleId }) => sampleId))].slice(0, 200)}::text[]
    where id = ${row.id}`.execute(tx.db)
  if (setup) await sql`
    update devices.instrument set last_message_at = greatest(last_message_at, ${row.receivedAt}), last_peer = (select peer from devices.message where id = ${row.id})
    where id = ${setup.instrumentId}`.execute(tx.db)
}

const asResult = ({ sampleId, position, testCode, mime, bytes, reportId, several }: ReadFile): PlacedResult => ({
  position, sampleId, testCode, value: `file (${mime}, ${bytes.length} bytes)`, unit: '', flags: [], status: '', measuredAt: null, comments: [], matchedSpecimen: null,
  state: 'held', reason: several ? 'several_reports' : 'no_open_report', detail: reportId === null ? 'no file report of this specimen takes it' : 'on its way into its report',
  reportId, patientId: null, parameterCode: null, result: null, resultUnit: null, resultFlag: null,
})
