import { sql } from 'kysely'
import { viewed } from '#platform/activity'
import type { Actor } from '#platform/auth'
import { labProfile } from '#modules/labs'
import { platformErrors } from '#platform/errors'
import { FileAnswer } from '#platform/http'
import { now, read, type Reader } from '#platform/unit-of-work'
import type { LabelFormat, SpecimenLabel } from './print/document.ts'
import { printLabelsPdf } from './print/print-labels-pdf.ts'
import { printLabelsZpl } from './print/print-labels-zpl.ts'
import { shownAge } from './shown-age.ts'

interface LabelRow {
  number: string
  type: string
  container: string
  collectedAt: Date | null
  priority: 'routine' | 'urgent' | 'stat'
  tests: string[]
  patient: { number: string; fullName: string; sex: string; birthDate: string; birthTime: string | null; estimated: boolean }
}

/** What the labels of an accession say: of all specimens that are in use, or of those asked for. */
export async function labelsOf(db: Reader, labId: number, accessionId: number, specimenIds: number[] | undefined): Promise<SpecimenLabel[]> {
  const { timezone } = await labProfile(labId)
  const { rows } = await sql<LabelRow>`
    select s.number, s.type, s.container, s.collected_at as "collectedAt", a.priority,
      array(select t.short_name from reports.report r join catalog.pub_test t on t.id = r.test_id where r.specimen_id = s.id
        and r.status <> 'cancelled' order by r.id) as tests,
      jsonb_build_object('number', p.number, 'fullName', p.full_name, 'sex', p.sex, 'birthDate', p.birth_date, 'birthTime', p.birth_time,
        'estimated', p.birth_date_estimated) as patient
    from reports.specimen s join reports.accession a on a.id = s.accession_id join patients.pub_patient p on p.id = a.patient_id
    where s.accession_id = ${accessionId} and s.status not in ('cancelled', 'replaced',
      'rejected') ${specimenIds ? sql`and s.id = any (${specimenIds}::bigint[])` : sql``}
    order by s.number`.execute(db as never)
  if (rows.length === 0) throw platformErrors.not_found({ thing: 'specimen to label' })
  return rows.map((row) => labelOf(row, timezone))
}

const shortSex: Record<string, string> = { male: 'M', female: 'F', other: 'O', unknown: '?' }

function labelOf({ number, type, container, collectedAt, priority, tests, patient }: LabelRow, timezone: string): SpecimenLabel {
  return {
    specimenNumber: number, patientName: patient.fullName, patientNumber: patient.number, sex: shortSex[patient.sex] ?? '?',
    age: shownAge(patient, now(), timezone), specimenType: type, container, tests, collectedAt, stat: priority === 'stat',
  }
}

interface LabelOptions {
  kind?: 'code128' | 'qr'
  specimenIds?: number[]
  dpi?: number
}

/** Whose labels they are, for the log. */
async function accessionSubject(db: Reader, id: number): Promise<{ id: number; number: string; patientId: number }> {
  const { rows: [accession] } = await sql<{ id: number; number: string; patientId: number }>`
    select id, number, patient_id as "patientId" from reports.accession where id = ${id}`.execute(db as never)
  if (!accession) throw platformErrors.not_found({ thing: 'accession' })
  return accession
}

/** Labels for a page printer or, as ZPL, for a label printer. */
export async function printLabels(actor: Actor, accessionId: number, as: 'pdf' | 'zpl',
  { kind, specimenIds, dpi }: LabelOptions): Promise<FileAnswer> {
  const { timezone, locale } = await labProfile(actor.labId)
  const { labels, accession } = await read(actor, async (db) => ({
    labels: await labelsOf(db, actor.labId, accessionId, specimenIds), accession: await accessionSubject(db, accessionId),
  }))
  await viewed(actor, 'reports.accession_viewed', accession)
  const format: LabelFormat = { symbology: kind ?? 'code128', dpi: dpi === 300 ? 300 : 203, timeZone: timezone, locale }
  if (as === 'zpl') return new FileAnswer(Buffer.from(printLabelsZpl(labels, format)), 'text/plain; charset=utf-8', `labels-${accessionId}.zpl`)
  return new FileAnswer(Buffer.from(await printLabelsPdf(labels, format, now())), 'application/pdf', `labels-${accessionId}.pdf`)
}
