import { sql } from 'kysely'
import { giveFile } from '#modules/reports'
import type { Actor } from '#platform/auth'
import { Problem } from '#platform/errors'
import { change, read } from '#platform/unit-of-work'
import { settleMessages } from './settle-messages.ts'

/** A file inside a message: an instrument's PDF or picture. */
export interface ReadFile {
  sampleId: string
  testCode: string
  mime: string
  bytes: Buffer
  position: number
  /** The one file report of the specimen that waits for a file. */
  reportId: number | null
  several: boolean
}

const extensions: Record<string, string> = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png', 'image/tiff': 'tif', 'image/gif': 'gif', 'image/bmp': 'bmp' }

/** Files go the way of every other file: stored, checked, then the result of their report. What is refused stays held with the reason. */
export async function giveFiles(actor: Actor, messageId: number, files: readonly ReadFile[]): Promise<void> {
  for (const { reportId, position, mime, bytes, testCode } of files) {
    if (reportId === null || !(await isHeld(actor, messageId, position))) continue
    let trouble: string | null = null
    try {
      await giveFile(actor, reportId, { bytes, contentType: mime, fileName: `${testCode.replace(/[^A-Za-z0-9-]+/g, '_') || 'instrument'}.${extensions[mime] ?? 'bin'}` })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      trouble = error.message
    }
    await change(actor, async (tx) => {
      await sql`
        update devices.result set state = ${trouble === null ? 'released' : 'held'}, reason = ${trouble === null ? null : 'not_read'}, detail = ${trouble}, decided_at = ${tx.now},
          version = version + 1
        where message_id = ${messageId} and position = ${position} and state = 'held'`.execute(tx.db)
      await settleMessages(tx, [messageId])
      tx.record('devices.file_given', { id: messageId }, { outcome: trouble ?? 'is the result of its report' })
    })
  }
}

async function isHeld(actor: Actor, messageId: number, position: number): Promise<boolean> {
  const { rows } = await read(actor, (db) => sql`select 1 from devices.result where message_id = ${messageId} and position = ${position} and state = 'held'`.execute(db as never))
  return rows.length > 0
}
