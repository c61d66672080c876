import type { BodyOf, IsolateImport, importIsolates as contract } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { Reader, Tx } from '#platform/unit-of-work'
import { knownMasters } from './known-masters.ts'
import { planImport, type ImportedIsolate, type Plan } from './plan-import.ts'

/** What an import would do. */
export async function previewImport(db: Reader, body: BodyOf<typeof contract>): Promise<IsolateImport> {
  const { preview, isolates } = planImport(body, await knownMasters(db))
  return { ...preview, alreadyThere: await countKnown(db, isolates), imported: 0 }
}

/** Takes over the isolates of a file that could be read. Those that an earlier import brought are replaced, so that a file may be imported again. */
export async function importIsolates(tx: Tx, body: BodyOf<typeof contract>): Promise<IsolateImport> {
  const { preview, isolates }: Plan = planImport(body, await knownMasters(tx.reader))
  if (isolates.length === 0) return { ...preview, alreadyThere: 0, imported: 0 }
  const alreadyThere = await countKnown(tx.reader, isolates)
  const { rows: [made] } = await sql<{ id: number }>`
    insert into molecular.isolate_import (lab_id, file_name, isolates, imported_at, imported_by)
    values (${tx.actor.labId}, ${body.fileName}, ${isolates.length}, ${tx.now}, ${tx.actor.accountId}::bigint) returning id`.execute(tx.db)
  if (!made) throw new Error('no row')
  await sql`
    insert into molecular.isolate (lab_id, import_id, number, file_isolate, file_patient, patient_id, organism_id, organism, species, collected_on, specimen, ward,
      patient_type, sex, age_years, surveillance, results, measured)
    select ${tx.actor.labId}, ${made.id}, f.number, f."fileIsolate", f."filePatient", p.id, f."organismId", f.organism, f.species, f."collectedOn", f.specimen, f.ward,
      f."patientType", f.sex, f."ageYears", f.surveillance, f.packed, f.measured
    from ${rowsOf(isolates)} left join patients.pub_patient p on p.lab_id = ${tx.actor.labId} and p.number = f."filePatient"
    on conflict (lab_id, file_patient, file_isolate, species, collected_on, number) where import_id is not null do update set import_id = excluded.import_id,
      patient_id = excluded.patient_id, organism_id = excluded.organism_id, organism = excluded.organism, specimen = excluded.specimen, ward = excluded.ward,
      patient_type = excluded.patient_type, sex = excluded.sex, age_years = excluded.age_years, surveillance = excluded.surveillance, results = excluded.results,
      measured = excluded.measured`.execute(tx.db)
  tx.record('molecular.isolates_imported', { id: made.id }, { fileName: body.fileName, isolates: isolates.length, replaced: alreadyThere })
  return { ...preview, alreadyThere, imported: isolates.length }
}

const rowsOf = (isolates: readonly ImportedIsolate[]) => sql`jsonb_to_recordset(${JSON.stringify(isolates)}::jsonb) as f ("fileIsolate" text, "filePatient" text,
  number smallint, "organismId" bigint, organism text, species text, "collectedOn" date, specimen text, ward text, "patientType" text, sex text, "ageYears" smallint,
  surveillance boolean, packed text, measured jsonb)`

async function countKnown(db: Reader, isolates: readonly ImportedIsolate[]): Promise<number> {
  const { rows: [row] } = await sql<{ count: number }>`
    select count(*)::int as count from ${rowsOf(isolates)} join molecular.isolate i on i.import_id is not null and i.file_patient = f."filePatient"
      and i.file_isolate = f."fileIsolate" and i.species = f.species and i.collected_on = f."collectedOn" and i.number = f.number`.execute(db as never)
  return row?.count ?? 0
}
