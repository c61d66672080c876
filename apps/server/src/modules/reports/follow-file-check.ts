import { sql } from 'kysely'
import type { Job } from '#platform/module'
import { change } from '#platform/unit-of-work'
import { startAgain } from './start-again.ts'

interface Waiting {
  id: number
  number: string
  patientId: number
  state: string
  refusedBecause: string | null
  fileName: string
}

/** The ledger has judged a file: the report that has it may be signed, or waits for another. */
export const followFileCheck: Job = async ({ subjectId }, { actor }) => {
  await change(actor, async (tx) => {
    const { rows: [report] } = await sql<Waiting>`
      select r.id, r.number, r.patient_id as "patientId", o.state, o.refused_because as "refusedBecause", o.file_name as "fileName"
      from reports.report r join reports.file f on f.report_id = r.id join storage.pub_object o on o.id = f.object_id
      where f.object_id = ${Number(subjectId)} and r.file_check = 'waiting' for update of r`.execute(tx.db)
    if (!report) return
    if (report.refusedBecause !== null) {
      await sql`
        update reports.report set version = version + 1, file_check = 'refused', ${startAgain}
        where id = ${report.id}`.execute(tx.db)
      tx.record('reports.file_refused', report, { because: report.refusedBecause })
    } else if (report.state === 'attached') {
      await sql`update reports.report set version = version + 1, file_check = 'passed' where id = ${report.id}`.execute(tx.db)
      tx.record('reports.file_passed', report)
    }
  })
}
