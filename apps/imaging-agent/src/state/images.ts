import type { Reason, SetAside } from '../check/reasons.ts'
import type { Row, State } from './state.ts'

/** A file that waits to be judged. */
export interface Waiting { path: string; patientId: number; imageId: number; size: number; changed: number }
/** An image whose patient is known: where it goes. */
export interface Addressed extends Waiting {
  patientGuid: string
  sha256: string
  key: string
  name: string | null
  /** how often sending it was begun: above 0, it may be there already */
  attempts: number
}
export interface Sent { path: string; key: string; name: string | null }

const waitingOf = (row: Row): Waiting => ({
  path: row.path as string, patientId: Number(row.patient_id), imageId: Number(row.image_id), size: Number(row.size), changed: Number(row.changed),
})
const addressedOf = (row: Row): Addressed => ({
  ...waitingOf(row), patientGuid: row.patient_guid as string, sha256: row.sha256 as string, key: row.key as string, name: row.name as string | null,
  attempts: Number(row.attempts),
})
const sentOf = (row: Row): Sent => ({ path: row.path as string, key: row.key as string, name: row.name as string | null })

/** Files to judge, in the order of their paths, behind `after`. */
export const foundAfter = (state: State, after: string, limit: number): Waiting[] =>
  state.all("select * from image where state = 'found' and gone = 0 and settled = 1 and path > ? order by path limit ?", after, limit).map(waitingOf)

export const resolvedAfter = (state: State, after: string, limit: number): Addressed[] =>
  state.all("select * from image where state = 'resolved' and gone = 0 and path > ? order by path limit ?", after, limit).map(addressedOf)

export const uploadedAfter = (state: State, after: string, limit: number): Sent[] =>
  state.all("select * from image where state = 'uploaded' and path > ? order by path limit ?", after, limit).map(sentOf)

/** Announced images of which the lab did not yet say what became of them. */
export const undecidedAfter = (state: State, after: string, limit: number): Sent[] =>
  state.all("select * from image where state = 'announced' and lab_state = 'waiting' and path > ? order by path limit ?", after, limit).map(sentOf)

/** Set aside for what is written in Sidexis or at the lab, which may be corrected; with what the judgement stood on. */
export const reconsiderable = (state: State, after: string, limit: number): (Waiting & { basis: string })[] =>
  state.all("select * from image where state = 'set_aside' and gone = 0 and basis is not null and path > ? order by path limit ?", after, limit)
    .map((row) => ({ ...waitingOf(row), basis: row.basis as string }))

export const setAside = (state: State, path: string, { reason, detail }: SetAside, basis: string | null, sha256: string | null = null): void => {
  state.run("update image set state = 'set_aside', reason = ?, detail = ?, basis = ?, sha256 = ?, at = ? where path = ?",
    reason, detail.slice(0, 300), basis, sha256, Date.now(), path)
}

export const findAgain = (state: State, path: string): void => {
  state.run("update image set state = 'found', reason = null, detail = null, basis = null where path = ?", path)
}

/** A file that changed while it was looked at: the next look decides. */
export const unsettle = (state: State, path: string): void => {
  state.run("update image set state = 'found', settled = 0, looked_at = ?, size = -1 where path = ?", Date.now(), path)
}

export const address = (state: State, path: string, to: Pick<Addressed, 'patientGuid' | 'sha256' | 'key' | 'name'>): void => {
  state.run("update image set state = 'resolved', patient_guid = ?, sha256 = ?, key = ?, name = ?, attempts = 0, at = ? where path = ?",
    to.patientGuid, to.sha256, to.key, to.name, Date.now(), path)
}

/** The same bytes lie in the bucket already, under this key: this path is that image. */
export const adopt = (state: State, path: string, twin: Twin): void => {
  state.run('update image set state = ?, patient_guid = ?, sha256 = ?, key = ?, name = ?, lab_state = ?, at = ? where path = ?',
    twin.state, twin.patientGuid, twin.sha256, twin.key, twin.name, twin.labState, Date.now(), path)
}

export const markSending = (state: State, paths: readonly string[]): void => state.together(() => {
  for (const path of paths) state.run('update image set attempts = attempts + 1 where path = ?', path)
})
export const markUploaded = (state: State, paths: readonly string[]): void => state.together(() => {
  for (const path of paths) state.run("update image set state = 'uploaded', at = ? where path = ? and state = 'resolved'", Date.now(), path)
})
export const markAnnounced = (state: State, path: string, labState: string | null): void => {
  state.run("update image set state = 'announced', lab_state = ?, at = ? where path = ?", labState, Date.now(), path)
}

export interface Twin {
  path: string
  state: string
  patientGuid: string
  sha256: string
  key: string
  name: string | null
  labState: string | null
  gone: boolean
}

/** Other files with the same bytes that were given a patient. */
export const twinsOf = (state: State, sha256: string, path: string): Twin[] =>
  state.all("select * from image where sha256 = ? and path <> ? and state in ('resolved', 'uploaded', 'announced') order by path", sha256,
    path).map((row) => ({
    path: row.path as string, state: row.state as string, patientGuid: row.patient_guid as string, sha256, key: row.key as string,
    name: row.name as string | null, labState: row.lab_state as string | null, gone: row.gone === 1,
  }))

export interface Counts { found: number; resolved: number; uploaded: number; announced: number; set_aside: number; unsettled: number }

export const countsOf = (state: State): Counts => {
  const counts: Counts = { found: 0, resolved: 0, uploaded: 0, announced: 0, set_aside: 0, unsettled: 0 }
  for (const { state: at, n } of state.all('select state, count(*) as n from image where gone = 0 group by state')) counts[at as keyof Counts] = Number(n)
  counts.unsettled = Number(state.get('select count(*) as n from image where settled = 0')?.n)
  return counts
}

export interface Skipped { file: string; reason: Reason; detail: string; at: number }

/** What was set aside, in the order of paths, behind `after`; of one reason, or with `words` in path or detail. */
export const skippedAfter = (state: State, { after = '', reason = '', words = '',
  limit = 200 }: { after?: string; reason?: string; words?: string; limit?: number }): Skipped[] =>
  state.all(`select path, reason, detail, at from image where state = 'set_aside' and gone = 0 and path > ? and (? = '' or reason = ?)
    and (? = '' or instr(lower(path || ' ' || detail), lower(?)) > 0) order by path limit ?`, after, reason, reason, words, words, limit)
    .map((row) => ({ file: row.path as string, reason: row.reason as Reason, detail: row.detail as string, at: Number(row.at) }))

export const skippedByReason = (state: State): { reason: Reason; count: number }[] =>
  state.all("select reason, count(*) as n from image where state = 'set_aside' and gone = 0 group by reason order by n desc, reason")
    .map((row) => ({ reason: row.reason as Reason, count: Number(row.n) }))

/** Everything set aside that may be judged otherwise now; what the lab decided stays. */
export const lookAgain = (state: State): void => {
  state.run(`update image set state = 'found', reason = null, detail = null, basis = null
    where state = 'set_aside' and image_id is not null and reason not in ('by_the_lab', 'removed_by_lab')`)
}
