import { resolve } from 'node:path'
import { restoreBackup } from '../platform/backup/index.ts'
import { onDatabase } from './on-database.ts'

/** Progress goes to the standard error. */
export async function restore(file: string): Promise<void> {
  await onDatabase(async (url, store) => {
    const { madeAt, objects } = await restoreBackup({ url, store, say: (line) => console.error(line) }, resolve(file))
    console.log(`Restored as of ${madeAt}.`)
    if (objects.store === 's3') console.log('Its stored files are in the bucket that it used: set the same S3_BUCKET.')
  })
}
