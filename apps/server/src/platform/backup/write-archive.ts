import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { open, rename, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { constants, createGzip } from 'node:zlib'
import { pack } from 'tar-stream'
import type { Content } from './manifest.ts'

interface FileHeader {
  name: string
  size: number
  /** The extended header of POSIX. */
  pax: Record<string, string>
}

/** A gzipped tar that appears under its name when it is whole. */
export class ArchiveWriter {
  readonly #file: string
  readonly #part: string
  readonly #pack = pack()
  readonly #written: Promise<void>
  #broken: unknown = null
  readonly #removePart = () => rmSync(this.#part, { force: true })

  private constructor(file: string, part: string, handle: FileHandle) {
    this.#file = file
    this.#part = part
    // Most bytes are scans and reports, which are compressed already.
    const gzip = createGzip({ level: constants.Z_BEST_SPEED })
    this.#written = pipeline(this.#pack, gzip, handle.createWriteStream({ flush: true }))
    this.#written.catch((error: unknown) => { this.#broken ??= error })
    // Also when somebody interrupts it.
    process.once('exit', this.#removePart)
  }

  static async create(file: string): Promise<ArchiveWriter> {
    const part = `${file}.part`
    return new ArchiveWriter(file, part, await open(part, 'w', 0o600))
  }

  async add(name: string, bytes: Buffer): Promise<void> {
    await this.#orBroken(async () => new Promise<void>((resolve, reject) => {
      this.#pack.entry({ name, mode: 0o600 }, bytes, (error) => (error ? reject(error) : resolve()))
    }))
  }

  async addStream(header: FileHeader, bytes: AsyncIterable<Buffer>): Promise<void> {
    await this.#orBroken(async () => pipeline(bytes, this.#pack.entry({ ...header, mode: 0o600 })))
  }

  async finish(): Promise<void> {
    this.#pack.finalize()
    await this.#written
    await rename(this.#part, this.#file)
    process.off('exit', this.#removePart)
    if (process.platform === 'win32') return
    const folder = await open(dirname(this.#file), 'r')
    await folder.sync().finally(() => folder.close())
  }

  async discard(): Promise<void> {
    this.#pack.destroy()
    await this.#written.catch(() => {})
    this.#removePart()
    process.off('exit', this.#removePart)
  }

  /** An entry would wait for ever where the file cannot be written; what it says then is not why. */
  async #orBroken(work: () => Promise<void>): Promise<void> {
    try {
      const entry = work()
      await Promise.race([entry, this.#written.then(() => entry)])
    } catch (error) {
      throw this.#broken ?? error
    }
  }
}

/** Counts and hashes what goes by. */
export class Tally {
  #hash = createHash('sha256')
  #bytes = 0

  add(bytes: Buffer): void {
    this.#hash.update(bytes)
    this.#bytes += bytes.length
  }

  async* through(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const bytes of stream) {
      this.add(bytes)
      yield bytes
    }
  }

  get content(): Content {
    return { bytes: this.#bytes, sha256: this.#hash.copy().digest('hex') }
  }
}
