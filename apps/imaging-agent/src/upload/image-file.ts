import { createHash, subtle } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Waiting } from '../state/images.ts'

/** The file is not, or no longer, what the scan saw: somebody writes it, or took it away. */
export class FileChanged extends Error {}

/** Files up to this size are read at once; larger ones in pieces, so that memory stays bounded. */
const wholeUpTo = 16 * 1024 * 1024
const headerBytes = 1024 * 1024

type Seen = Pick<Waiting, 'path' | 'size' | 'changed'>

/** The beginning of a file, or all of it, with the hash of all its bytes. */
export interface ReadImage {
  start: Buffer
  isWhole: boolean
  /** hex */
  sha256: string
}

export const readImage = (pdata: string, seen: Seen): Promise<ReadImage> => unchanged(pdata, seen, async (file) => {
  if (seen.size <= wholeUpTo) {
    const start = await whole(file, seen.size)
    return { start, isWhole: true, sha256: Buffer.from(await subtle.digest('SHA-256', start)).toString('hex') }
  }
  const start = await whole(file, headerBytes)
  const sha256 = createHash('sha256')
  for await (const chunk of file.createReadStream({ start: 0, autoClose: false, highWaterMark: headerBytes })) sha256.update(chunk as Buffer)
  return { start, isWhole: false, sha256: sha256.digest('hex') }
})

/** Hands the bytes to `send`; throws {@link FileChanged} where they may be others than those that were judged. */
export const sendImage = (pdata: string, seen: Seen, send: (size: number, body: Buffer | Readable) => Promise<void>): Promise<void> =>
  unchanged(pdata, seen, async (file) => {
    if (seen.size <= wholeUpTo) return send(seen.size, await whole(file, seen.size, () => expectSame(file, seen)))
    return send(seen.size, file.createReadStream({ start: 0, end: seen.size - 1, autoClose: false, highWaterMark: headerBytes }))
  })

async function unchanged<T>(pdata: string, seen: Seen, work: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(join(pdata, seen.path), 'r').catch((error: NodeJS.ErrnoException) => {
    // Windows keeps a file to whoever writes it.
    if (['ENOENT', 'EBUSY'].includes(error.code ?? '')) throw new FileChanged(error.message)
    throw error
  })
  try {
    await expectSame(file, seen)
    const done = await work(file)
    await expectSame(file, seen)
    return done
  } finally {
    await file.close()
  }
}

async function expectSame(file: FileHandle, { path, size, changed }: Seen): Promise<void> {
  const now = await file.stat()
  if (now.size !== size || Math.max(now.mtimeMs, now.ctimeMs, now.birthtimeMs) !== changed) throw new FileChanged(`${path} is being written`)
}

async function whole(file: FileHandle, size: number, check?: () => Promise<void>): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(size)
  let at = 0
  while (at < size) {
    const { bytesRead } = await file.read(bytes, at, size - at, at)
    if (bytesRead === 0) throw new FileChanged('the file became shorter')
    at += bytesRead
  }
  await check?.()
  return bytes
}
