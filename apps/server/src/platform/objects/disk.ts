import { createReadStream } from 'node:fs'
import { access, constants, mkdir, open, rm, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Config } from '../config/index.ts'
import { clear, factsOf, isMissing, keepChecksum, markOnce, moveIfFree, moveOver, writePart, type Part } from './disk-files.ts'
import { walk } from './disk-walk.ts'
import { Grants, type DownloadGrant, type UploadGrant } from './grants.ts'
import type { DownloadOptions, ListedObject, ObjectHead, ObjectStore, UploadConditions, UploadForm } from './index.ts'
import { checkKey } from './key.ts'
import type { ByteRange } from './range.ts'
import { UploadRefused } from './upload-refused.ts'

/**
 * Objects as files in a folder, beside each a `.sha256`. This server itself takes the direct uploads and hands out the links that
 * a bucket would: signed, expiring, bound to one key. A file appears under its key only when all its bytes are on the disk.
 */
export class DiskStore implements ObjectStore {
  readonly kind = 'disk'
  readonly origin = null
  readonly #root: string
  /** Files that are not objects yet. Inside the root, so that they are on its file system: they get their name by a link. */
  readonly #parts: string
  /** An empty file for each used form, named by when it expires. */
  readonly #used: string
  readonly #grants: Grants
  readonly #publicUrl: string

  constructor(config: Pick<Config, 'dataFolder' | 'secret' | 'publicUrl'>) {
    this.#root = join(config.dataFolder, 'objects')
    this.#parts = join(this.#root, '.parts')
    this.#used = join(this.#root, '.used')
    this.#grants = new Grants(config.secret)
    this.#publicUrl = config.publicUrl
  }

  async put(key: string, body: Readable | Buffer): Promise<ObjectHead & { sha256: string }> {
    const file = this.#file(key)
    const part = await writePart(this.#parts, body)
    await moveOver(part, file)
    await keepChecksum(part, file)
    return { size: part.size, sha256: part.sha256, etag: part.sha256 }
  }

  async get(key: string): Promise<Readable | null> {
    return (await this.open(key))?.stream() ?? null
  }

  async getStart(key: string, bytes: number): Promise<Buffer | null> {
    return this.#opened(key, async (handle) => {
      const start = Buffer.alloc(bytes)
      const { bytesRead } = await handle.read(start, 0, bytes, 0)
      return start.subarray(0, bytesRead)
    })
  }

  async head(key: string): Promise<(ObjectHead & { sha256: string }) | null> {
    const facts = await this.#opened(key, (handle, file) => factsOf(file, handle))
    return facts && { ...facts, etag: facts.sha256 }
  }

  async remove(key: string): Promise<void> {
    const file = this.#file(key)
    await rm(file, { force: true })
    await rm(`${file}.sha256`, { force: true })
  }

  async *list(prefix: string): AsyncIterable<ListedObject> {
    const yesterday = Date.now() - 24 * 3600 * 1000
    await clear(this.#parts, (_name, writtenAt) => writtenAt < yesterday)
    // A day more: an upload that began before its form expired may still be arriving.
    await clear(this.#used, (name) => Number.parseInt(name, 10) < yesterday)
    yield* walk(this.#root, '', prefix)
  }

  async uploadForm(conditions: UploadConditions): Promise<UploadForm> {
    checkKey(conditions.key)
    const { fields, until } = this.#grants.uploadFields(conditions)
    return { url: `${this.#publicUrl}/objects`, fields, expiresAt: new Date(until).toISOString() }
  }

  async downloadUrl(key: string, options: DownloadOptions): Promise<string> {
    return `${this.#publicUrl}/objects/${this.#grants.link(checkKey(key), options)}`
  }

  async ready(): Promise<void> {
    try {
      await mkdir(this.#root, { recursive: true, mode: 0o700 })
      await access(this.#root, constants.R_OK | constants.W_OK | constants.X_OK)
    } catch (error) {
      throw new Error(`Files cannot be kept in ${this.#root}: ${(error as Error).message}. Set ALIQUOT_DATA to a folder of this server's user.`)
    }
  }

  /** Reads posted fields; throws {@link UploadRefused} for a form that is not valid, has expired or was used. */
  async readUpload(fields: ReadonlyMap<string, string>): Promise<UploadGrant> {
    const grant = this.#grants.readUpload(fields)
    if (await exists(this.#mark(grant)) || await exists(this.#file(grant.key))) throw new UploadRefused('form_used')
    return grant
  }

  readLink(signed: string): DownloadGrant | null {
    return this.#grants.readLink(signed)
  }

  /** Takes the bytes of a direct upload, no more than allowed; they are an object only after {@link finishUpload}. */
  async receive({ size }: UploadGrant, body: Readable): Promise<Part> {
    const part = await writePart(this.#parts, body, size)
    if (part.size === size) return part
    await this.discard(part)
    throw new UploadRefused('too_small')
  }

  /** Makes the bytes an object: of several uploads with one form, or to one key, exactly one succeeds. */
  async finishUpload(grant: UploadGrant, part: Part): Promise<void> {
    const file = this.#file(grant.key)
    try {
      if (await exists(this.#mark(grant)) || !(await moveIfFree(part, file))) throw new UploadRefused('form_used')
    } catch (error) {
      await this.discard(part)
      throw error
    }
    // Before the answer: by the time anyone can know of the object and remove it, its form is used up.
    await markOnce(this.#mark(grant))
    await keepChecksum(part, file)
  }

  async discard({ file }: Part): Promise<void> {
    await rm(file, { force: true })
  }

  /** One object, held open; its `stream` closes it, else `close` does. Null when absent. */
  async open(key: string): Promise<{ size: number; etag: string; stream(range?: ByteRange): Readable; close(): Promise<void> } | null> {
    const file = this.#file(key)
    const handle = await openIfThere(file)
    if (!handle) return null
    const { size, sha256 } = await factsOf(file, handle)
    return { size, etag: sha256, stream: (range) => createReadStream('', { fd: handle, start: 0, ...range }), close: () => handle.close() }
  }

  async #opened<T>(key: string, look: (handle: FileHandle, file: string) => Promise<T>): Promise<T | null> {
    const file = this.#file(key)
    const handle = await openIfThere(file)
    return handle && await look(handle, file).finally(() => handle.close())
  }

  #mark({ id, until }: UploadGrant): string {
    return join(this.#used, `${until}-${id}`)
  }

  #file(key: string): string {
    return join(this.#root, checkKey(key))
  }
}

async function openIfThere(file: string): Promise<FileHandle | null> {
  try {
    const handle = await open(file, 'r')
    if ((await handle.stat()).isFile()) return handle
    await handle.close()
    return null
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

const exists = (file: string): Promise<boolean> => stat(file).then(() => true, (error: unknown) => {
  if (isMissing(error)) return false
  throw error
})
