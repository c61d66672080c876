import { BackupRefused } from '../platform/backup/index.ts'
import { readConfig, useConfig } from '../platform/config/index.ts'
import { startEmbedded } from '../platform/db/index.ts'
import { openObjects, type ObjectStore } from '../platform/objects/index.ts'

/** Works on the database and the store as they are, without bringing them up to date. A refusal is one sentence. */
export async function onDatabase(work: (url: string, store: ObjectStore) => Promise<void>): Promise<void> {
  const config = useConfig(readConfig())
  const embedded = config.databaseUrl ? null : await startEmbedded(config.dataFolder)
  try {
    const store = openObjects(config)
    await store.ready()
    await work(config.databaseUrl ?? embedded?.url ?? '', store)
  } catch (error) {
    if (!(error instanceof BackupRefused)) throw error
    console.error(error.message)
    process.exitCode = 1
  } finally {
    await embedded?.stop()
  }
}
