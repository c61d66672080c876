import type { FoundFile, FoundFolder } from '../source/scan.ts'
import type { State } from './state.ts'

/** Who looks: the number of this scan, when, and how long a file must be still before it counts as written. */
export interface Look {
  scan: number
  now: number
  settleMs: number
}

/**
 * Writes what a folder holds: new files as found, changed ones as found again, strays as set aside. A file is settled when nothing about it changed
 * for a
 * while, by its own dates or, where the clocks differ, by what the look before saw.
 */
export function noteFolder(state: State, { folder, files, strays, whole }: FoundFolder, look: Look): void {
  state.together(() => {
    const known = new Map(state.all('select path, size, changed, looked_at, settled, state from image where folder = ?', folder).map((row) =>
      [row.path as string, row]))
    for (const file of files) {
      const row = known.get(file.path)
      const same = row !== undefined && row.size === file.size && row.changed === file.changed
      if (!same) noteNew(state, folder, file, look)
      else if (row.settled === 0 && look.now - Number(row.looked_at) >= look.settleMs) settle(state, file.path, look)
      else state.run('update image set scan = ?, gone = 0 where path = ?', look.scan, file.path)
    }
    for (const { path, reason, detail } of strays) {
      state.run(`insert into image (path, folder, size, changed, looked_at, settled, state, reason, detail, scan, at)
        values (?, ?, 0, 0, ?, 1, 'set_aside', ?, ?, ?, ?)
        on conflict (path) do update set scan = excluded.scan, reason = excluded.reason, detail = excluded.detail`,
      path, folder, look.now, reason, detail, look.scan, look.now)
    }
    if (whole) forgetMissing(state, folder, look.scan)
  })
}

/** Folders that are not there any more; only after a scan that came to its end. */
export function noteEnd(state: State, scan: number): void {
  state.together(() => {
    const folders = state.all(`select distinct folder from image as one where folder <> '' and gone = 0
      and not exists (select 1 from image as other where other.folder = one.folder and other.scan = ?)`, scan)
    for (const { folder } of folders) forgetMissing(state, folder as string, scan)
  })
}

/** What was sent is kept in mind, so that the same bytes under a new name are not sent again. */
function forgetMissing(state: State, folder: string, scan: number): void {
  state.run("update image set gone = 1 where folder = ? and scan <> ? and state in ('uploaded', 'announced')", folder, scan)
  state.run("delete from image where folder = ? and scan <> ? and state not in ('uploaded', 'announced')", folder, scan)
}

function noteNew(state: State, folder: string, { path, patientId, imageId, size, changed }: FoundFile, { scan, now, settleMs }: Look): void {
  const settled = now - changed >= settleMs ? 1 : 0
  state.run(`insert into image (path, folder, patient_id, image_id, size, changed, looked_at, settled, state, scan, at)
    values (?, ?, ?, ?, ?, ?, ?, ?, 'found', ?, ?)
    on conflict (path) do update set size = excluded.size, changed = excluded.changed, looked_at = excluded.looked_at,
    settled = excluded.settled, state = 'found', reason = null, detail = null, basis = null, sha256 = null, key = null, attempts = 0, lab_state = null,
    gone = 0, scan = excluded.scan, at = excluded.at`,
  path, folder, patientId, imageId, size, changed, now, settled, scan, now)
}

const settle = (state: State, path: string, { scan, now }: Look): void => {
  state.run('update image set settled = 1, scan = ?, gone = 0, at = ? where path = ?', scan, now, path)
}
