import type { Ask, KeptBytes } from '#platform/backup'
import { originalPath } from './object-path.ts'

interface Row {
  id: number
  path: string
  contentType: string
  state: string
  temporaryPath: string
  finalPath: string
  sourcePath: string | null
  originalPath: string | null
}

const page = 1000

/** All of them, of all labs, for a backup: `ask` answers as of one moment. */
export async function* keptBytes(ask: Ask): AsyncGenerator<KeptBytes> {
  for (let after = 0; ;) {
    const rows = await ask<Row>(`
      select id, path, content_type as "contentType", state, temporary_path as "temporaryPath", final_path as "finalPath",
        source_path as "sourcePath", original_path as "originalPath"
      from storage.object where id > $1 and state <> 'removed' order by id limit ${page}`, [after])
    for (const row of rows) yield* bytesOf(row)
    if (rows.length < page) return
    after = rows.at(-1)?.id ?? after
  }
}

function bytesOf({ path, contentType, state, temporaryPath, finalPath, ...row }: Row): KeptBytes[] {
  if (state === 'reserved') return [{ key: path, contentType, elsewhere: [], expected: false }]
  if (state === 'uploaded') {
    // What is merged has no bytes before its check.
    const expected = row.sourcePath !== null
    const moved = [originalPath(finalPath, temporaryPath), finalPath]
    const keys = new Set([path, row.sourcePath ?? path])
    return [...keys].map((key) => ({ key, contentType, elsewhere: key === temporaryPath ? moved : [], expected }))
  }
  return [path, row.originalPath].filter((key) => key !== null).map((key) => ({ key, contentType, elsewhere: [], expected: true }))
}
