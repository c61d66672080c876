import { sql } from 'kysely'
import type { Actor } from '../auth/actor.ts'
import { log } from '../log/index.ts'
import { read, type Reader } from '../unit-of-work/index.ts'
import { theCluster, type SearchHit, type SearchText } from './cluster.ts'
import { clusterAway } from './metrics.ts'

export { theCluster, useCluster, type SearchHit } from './cluster.ts'
export { indexDocuments } from './index-documents.ts'
export { openSearch } from './opensearch.ts'
export { reindex, type ReindexProgress } from './reindex.ts'

/** Finds records of the given kinds in the actor's lab and reach, in Postgres; typing errors and partial numbers are forgiven. Nearest first. */
export async function search(db: Reader, query: string, kinds: string[], most = 20): Promise<SearchHit[]> {
  const { rows } = await sql<SearchHit>`
    select kind, subject_id as id, title, subtitle, url from platform.search(${query}, ${kinds}::text[], ${most})`.execute(db as never)
  return rows
}

/** What the search box finds: records by the cluster where there is one and it answers, else by Postgres; entries of the log always by Postgres. */
export async function find(actor: Actor, { q, kinds, most }: SearchText): Promise<SearchHit[]> {
  const recorded = kinds.filter((kind) => kind !== 'activity')
  const found = recorded.length === 0 ? [] : await fromCluster(actor, { q, kinds: recorded, most })
  if (found && !kinds.includes('activity')) return found
  return read(actor, async (db) => {
    const records = found ?? await search(db, q, recorded, most)
    return kinds.includes('activity') ? [...records, ...await searchActivity(db, q, kinds.length === 1 ? most : Math.min(most, 3))] : records
  })
}

async function fromCluster(actor: Actor, text: SearchText): Promise<SearchHit[] | null> {
  const cluster = theCluster()
  if (!cluster) return null
  try {
    return await cluster.find(actor, text)
  } catch (error) {
    clusterAway.inc()
    log.warn({ err: (error as Error).name }, 'the search cluster did not answer; Postgres does')
    return null
  }
}

async function searchActivity(db: Reader, q: string, most: number): Promise<SearchHit[]> {
  const { rows } = await sql<SearchHit>`select 'activity' as kind, id, title, subtitle, url from platform.search_activity(${q}, ${most})`.execute(db as never)
  return rows
}
