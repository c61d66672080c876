import type { BodyOf, ResponseOf, importCards as contract } from '@aliquot/contracts'
import { parse } from 'csv-parse/sync'
import { sql } from 'kysely'
import { holdPatients } from '#modules/patients'
import { actorRef } from '#platform/auth'
import { platformErrors } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { imagingErrors } from './errors.ts'

type Outcome = ResponseOf<typeof contract>
interface Line { line: number; cardId: string; patient: string }
interface Found { line: number; patientId: number | null; others: string[]; known: boolean }

const mostLines = 20_000

/**
 * Cards of a clinic from a CSV file: `card_id` and `patient_number` or `patient_guid`, comma or semicolon. Lines that name nobody, or a card that
 * another patient has, are told and left out.
 */
export async function importCards(tx: Tx, { clinicId, csv, dryRun }: BodyOf<typeof contract>): Promise<Outcome> {
  const lines = readLines(csv)
  const { rows: clinics } = await sql`select from imaging.clinic where id = ${clinicId}`.execute(tx.db)
  if (clinics.length === 0) throw platformErrors.not_found({ thing: 'clinic' })
  const named = lines.filter(({ cardId, patient }) => cardId !== '' && patient !== '')
  const { rows } = await sql<Found>`
    select l.line, p.id as "patientId", exists (select from imaging.card k where k.clinic_id = ${clinicId} and k.card_id = l."cardId" and k.patient_id = p.id) as known,
      array(select o.full_name from imaging.card k join patients.pub_patient o on o.id = k.patient_id
        where k.clinic_id = ${clinicId} and k.card_id = l."cardId" and k.patient_id <> p.id) as others
    from jsonb_to_recordset(${JSON.stringify(named.map(withGuid))}::jsonb) as l(line integer, "cardId" text, patient text, guid uuid)
      left join patients.pub_patient numbered on numbered.number = l.patient left join patients.pub_patient known on known.guid = l.guid
      cross join lateral (select coalesce(numbered.id, known.id) as id) p`.execute(tx.db)
  const held = await holdPatients(tx, [...new Set(rows.flatMap(({ patientId }) => patientId ?? []))])
  const found = new Map(rows.filter(({ patientId }) => patientId !== null && held.has(patientId)).map((row) => [row.line, row]))
  const within = conflictsWithin(named, found)
  const problems = lines.flatMap((line) => problemOf(line, found.get(line.line), within) ?? [])
  const bad = new Set(problems.map(({ line }) => line))
  const good = named.filter(({ line }) => !bad.has(line))
  const fresh = [...new Map(good.filter(({ line }) => !found.get(line)?.known).map((line) => [line.cardId, line])).values()]
  if (!dryRun && fresh.length > 0) {
    const cards = fresh.map(({ line, cardId }) => ({ cardId, patientId: found.get(line)?.patientId }))
    await sql`
      insert into imaging.card (lab_id, clinic_id, card_id, patient_id, added_at, added_by)
      select ${tx.actor.labId}, ${clinicId}, c."cardId", c."patientId", ${tx.now}, ${JSON.stringify(actorRef(tx.actor))}
      from jsonb_to_recordset(${JSON.stringify(cards)}::jsonb) as c("cardId" text, "patientId" bigint) on conflict do nothing`.execute(tx.db)
    tx.record('imaging.cards_imported', { id: clinicId }, { count: fresh.length })
  }
  return { done: !dryRun, lines: lines.length, added: fresh.length, known: good.length - fresh.length, problems: problems.slice(0, 1000) }
}

/** A patient is named by number or GUID: each is looked up in an index of its own. */
const withGuid = (line: Line) => ({ ...line, guid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(line.patient) ? line.patient : null })

function readLines(csv: string): Line[] {
  const delimiter = (csv.split('\n')[0] ?? '').includes(';') ? ';' : ','
  let records: Record<string, string>[]
  try {
    records = parse(csv, { columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()), bom: true, delimiter, trim: true, skip_empty_lines: true, to: mostLines + 1 })
  } catch (error) {
    throw imagingErrors.csv_unreadable({ because: (error as Error).message })
  }
  const [first] = records
  if (!first || !('card_id' in first) || !('patient_number' in first || 'patient_guid' in first)) {
    throw imagingErrors.csv_unreadable({ because: 'its first line must name the columns card_id and patient_number or patient_guid' })
  }
  if (records.length > mostLines) throw imagingErrors.csv_unreadable({ because: `it has more than ${mostLines} lines: split it` })
  return records.map((record, index) => ({ line: index + 2, cardId: (record.card_id ?? '').slice(0, 64), patient: record.patient_guid || (record.patient_number ?? '') }))
}

/** Cards that the file itself gives to several patients. */
function conflictsWithin(lines: readonly Line[], found: ReadonlyMap<number, Found>): Set<string> {
  const owner = new Map<string, number>()
  const conflicts = new Set<string>()
  for (const { line, cardId } of lines) {
    const patientId = found.get(line)?.patientId
    if (!patientId) continue
    if ((owner.get(cardId) ?? patientId) !== patientId) conflicts.add(cardId)
    owner.set(cardId, patientId)
  }
  return conflicts
}

function problemOf({ line, cardId, patient }: Line, found: Found | undefined, within: ReadonlySet<string>): Outcome['problems'][number] | null {
  if (cardId === '') return { line, cardId, because: 'no_card', with: null }
  if (patient === '') return { line, cardId, because: 'no_patient', with: null }
  if (!found?.patientId) return { line, cardId, because: 'unknown_patient', with: patient.slice(0, 80) }
  if (found.others.length > 0) return { line, cardId, because: 'conflict', with: found.others.join(', ') }
  if (within.has(cardId)) return { line, cardId, because: 'conflict', with: null }
  return null
}
