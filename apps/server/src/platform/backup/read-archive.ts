import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { format, manifestEntry, nameOf, objectsFolder, tableFolder, type Content, type Manifest } from './manifest.ts'
import { BackupRefused } from './refused.ts'
import { Tally } from './write-archive.ts'

interface Entry {
  name: string
  /** Of the extended header. */
  comment: string | null
  bytes: AsyncIterable<Buffer>
}

/** The entries of a backup in order; all bytes of each are to be read before the next. */
export async function* entriesOf(file: string): AsyncGenerator<Entry> {
  const entries = extract()
  const reading = pipeline(createReadStream(file), createGunzip(), entries)
  // The loop says it.
  reading.catch(() => {})
  for await (const entry of entries) {
    const { name, pax } = entry.header
    yield { name, comment: (pax as { comment?: string } | null)?.comment ?? null, bytes: entry as AsyncIterable<Buffer> }
  }
  await reading
}

/** Reads all of a backup and compares it with its manifest: what comes back is whole, as it was written, and of a kind that this release reads. */
export async function verifyArchive(file: string): Promise<Manifest> {
  await access(file).catch(() => {
    throw new BackupRefused(`There is no file ${file} that could be read.`)
  })
  const tables = new Map<string, Tally>()
  const objects = new Tally()
  let [count, manifest] = [0, null as Manifest | null]
  try {
    for await (const { name, bytes } of entriesOf(file)) {
      if (manifest) throw new BackupRefused(`${file} goes on after its end.`)
      if (name === manifestEntry) {
        manifest = JSON.parse(String(await buffer(bytes))) as Manifest
        continue
      }
      const isObject = name.startsWith(objectsFolder)
      if (isObject) objects.add(Buffer.from(`${name.slice(objectsFolder.length)}\n`))
      if (isObject) count++
      const folder = name.slice(0, name.lastIndexOf('/') + 1)
      const tally = isObject ? objects : tables.get(folder) ?? new Tally()
      if (!isObject) tables.set(folder, tally)
      for await (const some of bytes) tally.add(some)
    }
  } catch (error) {
    throw error instanceof BackupRefused ? error : new BackupRefused(`${file} is damaged or not a backup: ${(error as Error).message}.`)
  }
  if (!manifest) throw new BackupRefused(`${file} is not whole: its end is missing.`)
  if (manifest.format !== format) throw new BackupRefused(`${file} is of a newer release (format ${manifest.format}). Restore it with that one.`)
  const wrong = manifest.tables.filter((table) => !isSame(table, tables.get(tableFolder(table)) ?? new Tally())).map(nameOf)
  const known = new Set(manifest.tables.map(tableFolder))
  wrong.push(...[...tables.keys()].filter((folder) => !known.has(folder)))
  if (!isSame(manifest.objects, objects) || manifest.objects.count !== count) wrong.push('stored files')
  if (wrong.length > 0) throw new BackupRefused(`${file} was altered: what it holds of ${wrong.join(', ')} is not what was written.`)
  return manifest
}

const isSame = (said: Content, { content }: Tally): boolean => said.bytes === content.bytes && said.sha256 === content.sha256
