import type { LogStretch } from '@aliquot/contracts'
import { thePool } from '../db/index.ts'

/** What the walk over one lab's chain found. `problems` is empty when nothing was changed, removed or put in. */
export interface LogVerdict {
  labId: number
  links: number
  rows: number
  unsealed: number
  problems: LogStretch['problems']
}

interface Link {
  sequence: number
  ids: number[]
  good_link: boolean
  good_previous: boolean
  bad_ids: number[]
  missing_ids: number[]
}

/** Recomputes the whole chain of a lab (or of all) and names each row and link that does not fit. */
export async function verifyLog(labId: number | null, onProgress: (rows: number) => void = () => {}): Promise<LogVerdict[]> {
  const { rows: labs } = await thePool().query<{ lab_id: number }>('select distinct lab_id from platform.activity where $1::bigint is null or lab_id = $1 order by 1', [labId])
  const verdicts: LogVerdict[] = []
  for (const { lab_id: lab } of labs) {
    const verdict: LogVerdict = { labId: lab, links: 0, rows: 0, unsealed: 0, problems: [] }
    for (let from: number | null = 1; from !== null;) {
      const { goOnAt, links, rows, unsealed, problems }: LogStretch = await verifyStretch(lab, from, 20)
      verdict.links += links
      verdict.rows += rows
      verdict.unsealed = unsealed
      verdict.problems.push(...problems)
      from = goOnAt
      onProgress(verdict.rows)
    }
    verdicts.push(verdict)
  }
  return verdicts
}

/** Recomputes up to `most` links of a lab's chain from link `from` on. Two statements, however long the chain is. */
export async function verifyStretch(labId: number, from: number, most: number): Promise<LogStretch> {
  const { rows: found } = await thePool().query<Link>(checkLinks, [labId, from, most])
  const problems: LogStretch['problems'] = []
  let expected = from
  for (const link of found) {
    const say = (activityId: number | null, message: string) => problems.push({ sequence: link.sequence, activityId, message })
    if (link.sequence !== expected) problems.push({ sequence: expected, activityId: null, message: `link ${expected} is missing but later ones exist` })
    for (const id of link.missing_ids) say(id, `entry ${id} was removed`)
    for (const id of link.bad_ids) say(id, `entry ${id} was changed after it had been sealed`)
    if (!link.good_link) say(null, `link ${link.sequence} does not match its own hash`)
    if (!link.good_previous) say(null, `link ${link.sequence} does not continue link ${link.sequence - 1}`)
    expected = link.sequence + 1
  }
  const stretch = { links: found.length, rows: found.reduce((sum, { ids }) => sum + ids.length, 0), unsealed: 0, problems }
  if (found.length === most) return { ...stretch, goOnAt: expected }
  const { rows: [rest] } = await thePool().query<{ unsealed: number; old: number[] }>(checkRest, [labId])
  for (const id of rest?.old ?? []) problems.push({ sequence: 0, activityId: id, message: `entry ${id} was put in behind the sealed end` })
  return { ...stretch, unsealed: rest?.unsealed ?? 0, goOnAt: null }
}

const checkLinks = `
  select s.sequence, s.ids, s.hash = sha256(s.previous || s.row_hashes) as good_link,
    s.previous = coalesce((select p.hash from platform.activity_seal p where p.lab_id = s.lab_id and p.sequence = s.sequence - 1), ''::bytea) as good_previous,
    coalesce((select array_agg(x.id order by x.id) from unnest(s.ids) with ordinality x(id, n) join platform.activity a on a.id = x.id
      where platform.activity_hash(a) <> substring(s.row_hashes from ((x.n - 1) * 32 + 1)::int for 32)), '{}') as bad_ids,
    coalesce((select array_agg(x.id order by x.id) from unnest(s.ids) x(id) where not exists (select from platform.activity a where a.id = x.id)), '{}') as missing_ids
  from platform.activity_seal s where s.lab_id = $1 and s.sequence >= $2 order by s.sequence limit $3`

const checkRest = `
  with last as (select * from platform.activity_seal where lab_id = $1 order by sequence desc limit 1),
  loose as (select a.id, a.xid from platform.activity a where a.lab_id = $1
    and not exists (select from (select unnest(ids) as id from platform.activity_seal where lab_id = $1) sealed where sealed.id = a.id))
  select (select count(*) from loose) as unsealed,
    coalesce((select array_agg(loose.id order by loose.id) from loose, last where (loose.xid, loose.id) < (last.last_xid, last.last_id)), '{}') as old`
