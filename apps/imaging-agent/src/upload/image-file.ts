import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Waiting } from '../state/images.ts'
import { lend } from './lend-buffer.ts'

/** The file is not, or no longer, what the scan saw: somebody writes it, or took it away. */
export class FileChanged extends Error {}

/** Files up to this size are read at once; larger ones in pieces, so that memory stays bounded. */
const wholeUpTo = 16 * 1024 * 1024
const piece = 1024 * 1024

type Seen = Pick<Waiting, 'path' | 'size' | 'changed'>

/**
 * Hashes all bytes of a file while it reads them, and shows all of them, of a large file the first megabyte, to `look`, which keeps none.
 * The hash is hex. Throws {@link FileChanged}.
 */
export const readImage = <T>(pdata: string, seen: Seen, look: (start: Buffer, isWhole: boolean) => T): Promise<{ inside: T; sha256: string }> =>
  withFile(pdata, seen, async (file) => {
    const isWhole = seen.size <= wholeUpTo
    const sha256 = createHash('sha256')
    return lend(isWhole ? seen.size : 2 * piece, async (bytes) => {
      for (let at = 0; at < seen.size;) {
        const got = await readPiece(file, bytes.subarray(isWhole ? at : Math.min(at, piece)), at, seen.size)
        sha256.update(got)
        at += got.length
      }
      await expectSame(file, seen)
      return { inside: look(isWhole ? bytes : bytes.subarray(0, piece), isWhole), sha256: sha256.digest('hex') }
    })
  })

/** Hands the bytes to `send`; throws {@link FileChanged} where they may be others than those that were judged. */
export const sendImage = (pdata: string, seen: Seen, send: (size: number, body: Buffer | Readable) => Promise<void>): Promise<void> =>
  withFile(pdata, seen, async (file) => {
    if (seen.size <= wholeUpTo) {
      return lend(seen.size, async (bytes) => {
        for (let at = 0; at < seen.size;) at += (await readPiece(file, bytes.subarray(at), at, seen.size)).length
        await expectSame(file, seen)
        await send(seen.size, bytes)
      })
    }
    await expectSame(file, seen)
    await send(seen.size, file.createReadStream({ start: 0, end: seen.size - 1, autoClose: false, highWaterMark: piece }))
    await expectSame(file, seen)
  })

async function withFile<T>(pdata: string, { path }: Seen, work: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(join(pdata, path), 'r').catch((error: NodeJS.ErrnoException) => {
    // Windows keeps a file to whoever writes it.
    if (['ENOENT', 'EBUSY'].includes(error.code ?? '')) throw new FileChanged(error.message)
    throw error
  })
  try {
    return await work(file)
  } finally {
    await file.close()
  }
}

/** Asked behind the reading, this covers what came before it too: any writing since the scan changed the dates. */
async function expectSame(file: FileHandle, { path, size, changed }: Seen): Promise<void> {
  const now = await file.stat()
  if (now.size !== size || Math.max(now.mtimeMs, now.ctimeMs, now.birthtimeMs) !== changed) throw new FileChanged(`${path} is being written`)
}

/** Reads what stands in the file behind `from` into the room, a piece at most; answers the part that it filled. */
async function readPiece(file: FileHandle, room: Buffer, from: number, size: number): Promise<Buffer> {
  const { bytesRead } = await file.read(room, 0, Math.min(piece, size - from, room.length), from)
  if (bytesRead === 0) throw new FileChanged('the file became shorter')
  return room.subarray(0, bytesRead)
}
