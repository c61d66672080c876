import { opendir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Away } from '../run/away.ts'
import { imageIdOf, patientIdOf } from './names.ts'

/** One entry of pdata, by its path below it with slashes. */
export interface FoundFile {
  path: string
  patientId: number
  imageId: number
  size: number
  /** when anything about the file last changed, ms since 1970 */
  changed: number
}
export interface FoundStray { path: string; reason: 'unknown_folder' | 'unknown_file' | 'unreadable'; detail: string }
export interface FoundFolder {
  /** '' for what lies beside the patients' folders */
  folder: string
  files: FoundFile[]
  strays: FoundStray[]
  /** false where the folder could not be read to its end: what is missing may still be there */
  whole: boolean
}

/** Programs of the system leave these everywhere; they are nobody's images. */
const nobodys = new Set(['thumbs.db', 'desktop.ini', '.ds_store'])

/** Looks through pdata, folder by folder; links are reported, not followed. Throws `Away` when pdata itself cannot be read. */
export async function* scanFolders(pdata: string): AsyncGenerator<FoundFolder> {
  const strays: FoundStray[] = []
  const root = await opendir(pdata).catch((error: Error) => { throw new Away('folder', missing(error, pdata)) })
  try {
    for await (const entry of root) {
      if (entry.isDirectory() && patientIdOf(entry.name) !== null) yield await scanFolder(pdata, entry.name)
      else if (entry.isDirectory()) strays.push({ path: entry.name, reason: 'unknown_folder', detail: '' })
      else if (!nobodys.has(entry.name.toLowerCase())) strays.push({ path: entry.name, reason: 'unknown_file', detail: "not in a patient's folder" })
    }
  } catch (error) {
    throw error instanceof Away ? error : new Away('folder', `The folder cannot be read to its end: ${(error as Error).message}`)
  }
  yield { folder: '', files: [], strays, whole: true }
}

const missing = (error: NodeJS.ErrnoException, folder: string): string =>
  error.code === 'ENOENT' ? `There is no folder ${folder}, or it is not connected.` : `The folder cannot be read: ${error.message}`

/** One patient's folder; empty when it is not there any more. */
export async function scanFolder(pdata: string, folder: string): Promise<FoundFolder> {
  const found: FoundFolder = { folder, files: [], strays: [], whole: true }
  const patientId = patientIdOf(folder) ?? 0
  try {
    for await (const entry of await opendir(join(pdata, folder))) {
      const path = `${folder}/${entry.name}`
      const imageId = imageIdOf(entry.name)
      if (nobodys.has(entry.name.toLowerCase())) continue
      if (!entry.isFile() || imageId === null) {
        const detail = entry.isFile() ? 'images are called 0000_4711.dcm' : "not a file; in a patient's folder there are only files"
        found.strays.push({ path, reason: entry.isDirectory() ? 'unknown_folder' : 'unknown_file', detail })
        continue
      }
      const file = await look(join(pdata, path))
      if (file) found.files.push({ path, patientId, imageId, ...file })
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return found
    found.whole = false
    found.strays.push({ path: folder, reason: 'unreadable', detail: (error as Error).message })
  }
  return found
}

/** A copy may carry the date of its original: of all dates the latest counts. Null when it went meanwhile. */
async function look(file: string): Promise<Pick<FoundFile, 'size' | 'changed'> | null> {
  try {
    const { size, mtimeMs, ctimeMs, birthtimeMs } = await stat(file)
    return { size, changed: Math.max(mtimeMs, ctimeMs, birthtimeMs) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
