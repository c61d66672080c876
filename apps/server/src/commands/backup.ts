import { resolve } from 'node:path'
import { keptBytes } from '../modules/storage/index.ts'
import { writeBackup } from '../platform/backup/index.ts'
import { onDatabase } from './on-database.ts'

/** Progress goes to the standard error. */
export async function backup(file: string): Promise<void> {
  await onDatabase(async (url, store) => {
    const { tables, objects } = await writeBackup({ url, store, keptBytes, say: (line) => console.error(line) }, resolve(file))
    console.log(`${file}: ${tables.reduce((sum, { rows }) => sum + rows, 0)} rows of ${tables.length} tables, ${objects.count} stored files.`)
  })
}
