import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, type BigIntStats } from 'node:fs'
import { link, mkdir, open, readdir, readFile, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { UploadRefused } from './upload-refused.ts'

export const isMissing = (error: unknown) => ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')

/** All bytes of an object to be, on the disk under a name that nobody reads. */
export interface Part {
  file: string
  size: number
  sha256: string
  marks: string
}

/** Writes a stream to a part file, through to the disk. Stops at the first chunk that passes `limit` bytes. */
export async function writePart(folder: string, body: Readable | Buffer, limit = Number.MAX_SAFE_INTEGER): Promise<Part> {
  await makeFolder(folder)
  const file = join(folder, `${randomUUID()}.part`)
  const hash = createHash('sha256')
  let size = 0
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      if (size > limit) return done(new UploadRefused('too_large'))
      hash.update(chunk)
      done(null, chunk)
    },
  })
  try {
    const source = Buffer.isBuffer(body) ? Readable.from([body]) : body
    // `flush`: fsync before close.
    await pipeline(source, measure, createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }))
    return { file, size, sha256: hash.digest('hex'), marks: marksOf(await stat(file, { bigint: true })) }
  } catch (error) {
    await rm(file, { force: true })
    throw error
  }
}

/** Gives a part its name in place of what has that name now. */
export async function moveOver({ file }: Part, target: string): Promise<void> {
  await makeFolder(dirname(target))
  await rename(file, target)
  await syncFolder(dirname(target))
}

/** Gives a part its name unless something has it: of two at the same moment one wins. False for the other. */
export async function moveIfFree({ file }: Part, target: string): Promise<boolean> {
  await makeFolder(dirname(target))
  try {
    await link(file, target)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
  await Promise.all([rm(file), syncFolder(dirname(target))])
  return true
}

/** Creates an empty file of this name; false when there is one. */
export async function markOnce(file: string): Promise<boolean> {
  await makeFolder(dirname(file))
  try {
    await (await open(file, 'wx', 0o600)).close()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
  await syncFolder(dirname(file))
  return true
}

/** Creates a folder and its parents so that they survive a power cut. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (first === undefined) return
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made))
}

async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folder; NTFS journals names by itself.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

/** What tells one file from another that takes its name: a checksum noted with these is of that very file. */
function marksOf({ size, mtimeNs, ino }: BigIntStats): string {
  return `${size} ${mtimeNs} ${ino}`
}

/** Keeps the checksum of a part beside the name that it was given. */
export async function keepChecksum({ sha256, marks }: Part, target: string): Promise<void> {
  await writeFile(`${target}.sha256`, `${sha256} ${marks}`, { mode: 0o600 })
}

/**
 * Size and checksum of an open file. A checksum that is missing or was noted for another file of this name is made again,
 * whatever crashed in between or was restored from a backup.
 */
export async function factsOf(file: string, handle: FileHandle): Promise<{ size: number; sha256: string }> {
  const found = await handle.stat({ bigint: true })
  const size = Number(found.size)
  const marks = marksOf(found)
  const [kept = '', ...keptMarks] = (await readFile(`${file}.sha256`, 'utf8').catch(() => '')).split(' ')
  if (keptMarks.join(' ') === marks) return { size, sha256: kept }
  const hash = createHash('sha256')
  await pipeline(createReadStream('', { fd: handle, start: 0, autoClose: false }), hash)
  const part = { file, size, sha256: hash.digest('hex'), marks }
  await keepChecksum(part, file)
  return { size, sha256: part.sha256 }
}

/** Removes the files of a folder for which `isOld` says so; `isOld` is given the name and when it was last written (ms). */
export async function clear(folder: string, isOld: (name: string, writtenAt: number) => boolean): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return []
    throw error
  })
  for (const name of names) {
    const file = join(folder, name)
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Date.now() }))
    if (isOld(name, mtimeMs)) await rm(file, { force: true })
  }
}
