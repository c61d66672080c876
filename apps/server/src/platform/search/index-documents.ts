import { thePool } from '../db/index.ts'
import type { Job } from '../module/index.ts'
import { theCluster, type DocumentChange, type SearchDocument } from './cluster.ts'

/**
 * Draws a version, then reads: whoever reads later has the higher version. A change queues this job in its own transaction, so the job that
 * reads last reads what was committed last, and its version is the highest. Without a cluster there is nothing to do.
 */
export const indexDocuments: Job = async ({ labId, documents }) => {
  const cluster = theCluster()
  if (!cluster) return
  const version = await nextVersion()
  const changes = await Promise.all((documents as [string, number[]][]).map(([kind, ids]) => changesOf(labId, kind, ids)))
  await cluster.write(version, changes.flat())
}

export async function nextVersion(): Promise<number> {
  const { rows: [row] } = await thePool().query<{ version: number }>(`select nextval('platform.search_version') as version`)
  return Number(row?.version)
}

async function changesOf(labId: number, kind: string, ids: number[]): Promise<DocumentChange[]> {
  const { rows } = await thePool().query<SearchDocument>(`${selectDocuments} where lab_id = $1 and kind = $2 and subject_id = any ($3::bigint[])`, [labId, kind, ids])
  const found = new Map(rows.map((row) => [row.id, row]))
  return ids.map((id) => ({ labId, kind, id, document: found.get(id) ?? null }))
}

/** As the application's owner: a job works for every lab, and names the one it works for. */
export const selectDocuments = `
  select lab_id as "labId", kind, subject_id as id, title, subtitle, url, body, organisation_id as "organisationId", doctor_id as "doctorId", at
  from platform.search_document`
