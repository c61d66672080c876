import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/**
 * Two agents would send the same images: one at a time works on a folder. The system itself lets go of the lock when the process ends, however it
 * does.
 */
export function takeLock(data: string): { release(): void } | null {
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const database = new DatabaseSync(join(data, 'lock.sqlite'))
  try {
    database.exec('pragma busy_timeout = 200; begin exclusive')
    return { release: () => database.close() }
  } catch (error) {
    database.close()
    if ((error as { errcode?: number }).errcode === 5) return null
    throw error
  }
}
