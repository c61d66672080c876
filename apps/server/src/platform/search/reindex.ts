import { thePool } from '../db/index.ts'
import { allSearchKinds, searchView } from '../module/index.ts'
import { theCluster, type SearchDocument } from './cluster.ts'
import { nextVersion, selectDocuments } from './index-documents.ts'

const batch = 1000

export interface ReindexProgress {
  kind: string
  documents: number
}

/**
 * Writes all documents of the kinds anew: in Postgres from the modules' views, then in the cluster, where there is one, into a new index that takes the
 * old one's place at the end. Commands go on meanwhile: their jobs write to both.
 */
export async function reindex(kinds: readonly string[] | null, onProgress: (progress: ReindexProgress) => void): Promise<void> {
  for (const kind of kinds ?? allSearchKinds()) {
    const view = searchView(kind)
    if (!view) throw new Error(`There is nothing of the kind "${kind}" to search; there are ${allSearchKinds().join(', ')}`)
    const documents = await refresh(kind, view)
    onProgress({ kind, documents })
    await fillCluster(kind, (sent) => onProgress({ kind, documents: sent }))
  }
}

/** The views run with their owner's rights here: all labs at once. */
async function refresh(kind: string, view: string): Promise<number> {
  const { rowCount } = await thePool().query(`
    with gone as (delete from platform.search_document d where d.kind = $1
      and not exists (select from ${view} v where v.lab_id = d.lab_id and v.subject_id = d.subject_id))
    insert into platform.search_document (lab_id, kind, subject_id, title, subtitle, url, body, organisation_id, doctor_id, patient_id, at)
    select lab_id, $1, subject_id, title, subtitle, url, platform.fold(body), organisation_id, doctor_id, patient_id, at from ${view}
    on conflict (lab_id, kind, subject_id) do update set title = excluded.title, subtitle = excluded.subtitle, url = excluded.url, body = excluded.body,
      organisation_id = excluded.organisation_id, doctor_id = excluded.doctor_id, patient_id = excluded.patient_id, at = excluded.at`, [kind])
  return rowCount ?? 0
}

async function fillCluster(kind: string, onSent: (documents: number) => void): Promise<void> {
  const cluster = theCluster()
  if (!cluster) return
  await cluster.begin(kind)
  let [labId, id, sent] = [0, 0, 0]
  for (;;) {
    const version = await nextVersion()
    const { rows } = await thePool().query<SearchDocument>(
      `${selectDocuments} where kind = $1 and (lab_id, subject_id) > ($2, $3) order by lab_id, subject_id limit $4`, [kind, labId, id, batch])
    const last = rows.at(-1)
    if (!last) break
    await cluster.fill(version, rows.map((document) => ({ labId: document.labId, kind, id: document.id, document })))
    ;[labId, id, sent] = [last.labId, last.id, sent + rows.length]
    onSent(sent)
  }
  await cluster.finish(kind)
}
