import type { DownloadLink } from '@aliquot/contracts'
import { viewed } from '#platform/activity'
import type { Actor } from '#platform/auth'
import { objects } from '#platform/objects'
import { now, read, type Reader } from '#platform/unit-of-work'
import { storageErrors } from './errors.ts'
import { withoutExtension } from './file-types.ts'
import { missingFilePage } from './missing-file-page.ts'
import { ledgerRow, ledgerRowAt, notExists, type LedgerRow } from './stored-object.ts'

const linkSeconds = 300

/** A link that works without a session for five minutes; giving one out is logged. Unchecked bytes are shown to nobody. */
export const downloadLink = (actor: Actor, objectId: number, original = false): Promise<DownloadLink> =>
  linkTo(actor, (db) => ledgerRow(db, objectId), original)

export const downloadLinkAt = (actor: Actor, path: string): Promise<DownloadLink> => linkTo(actor, (db) => ledgerRowAt(db, path), false)

async function linkTo(actor: Actor, find: (db: Reader) => Promise<LedgerRow>, original: boolean): Promise<DownloadLink> {
  const row = await read(actor, find)
  if (row.refusedBecause !== null) throw storageErrors.content_mismatch({ because: row.refusedBecause })
  if (row.state === 'reserved') throw storageErrors.not_uploaded()
  if (row.state === 'uploaded') throw storageErrors.still_checking()
  const { key, ...file } = row.state === 'removed' ? await placeholder() : fileOf(row, original)
  const url = await objects().downloadUrl(key, { seconds: linkSeconds, ...file })
  await viewed(actor, 'storage.downloaded', row)
  return { url, ...file, expiresAt: new Date(now().getTime() + linkSeconds * 1000).toISOString() }
}

/** A name that ends as its content does: photo.jpg became photo.pdf. */
function fileOf({ path, fileName, contentType, originalPath, temporaryPath }: LedgerRow, original: boolean) {
  if (original && originalPath) return { key: originalPath, fileName, contentType: contentTypeAt(temporaryPath) }
  const extension = /\.[a-z0-9]+$/.exec(path)?.[0] ?? ''
  const named = fileName.toLowerCase().endsWith(extension) ? fileName : `${withoutExtension(fileName)}${extension}`
  return { key: path, fileName: named, contentType }
}

const contentTypeAt = (path: string): string => (path.endsWith('.pdf') ? 'application/pdf' : 'application/octet-stream')

async function placeholder() {
  if (!(await objects().head(notExists))) await objects().put(notExists, await missingFilePage(), { contentType: 'application/pdf' })
  return { key: notExists, fileName: notExists, contentType: 'application/pdf' }
}
