import { imageKey } from '@aliquot/contracts'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { contradiction, readIdentity } from '../check/judge-file.ts'
import { basisOf, judgeRecords, type Records } from '../check/judge-records.ts'
import type { SetAside } from '../check/reasons.ts'
import { address, adopt, findAgain, foundAfter, reconsiderable, setAside, twinsOf, unsettle, type Waiting } from '../state/images.ts'
import { FileChanged, readImage } from '../upload/image-file.ts'
import { inParallel } from './in-parallel.ts'
import { recordsOf } from './records-of.ts'
import type { Tools } from './tools.ts'

const page = 100
const readers = 2

/** Judges the next page of found files; null when there are none behind `after`, else the last path. */
export async function judgePage(tools: Tools, after: string): Promise<string | null> {
  const files = foundAfter(tools.state, after, page)
  const of = await recordsOf(tools, files)
  await inParallel(files, readers, (file) => judge(tools, file, of(file)))
  return files.at(-1)?.path ?? null
}

/** Takes up again what was set aside for records that are others now. */
export async function reconsider(tools: Tools): Promise<void> {
  for (let after = ''; !tools.signal.aborted;) {
    const files = reconsiderable(tools.state, after, page)
    const last = files.at(-1)
    if (!last) return
    const of = await recordsOf(tools, files)
    tools.state.together(() => {
      for (const file of files) if (basisOf(of(file)) !== file.basis) findAgain(tools.state, file.path)
    })
    after = last.path
  }
}

async function judge(tools: Tools, file: Waiting, records: Records): Promise<void> {
  const { state, settings } = tools
  const basis = basisOf(records)
  const aside = (why: SetAside, onRecords: boolean, sha256?: string) => setAside(state, file.path, why, onRecords ? basis : null, sha256)
  if (file.size > settings.largest) {
    const inMb = (bytes: number) => Math.ceil(bytes / 1024 / 1024)
    return aside({ reason: 'too_large', detail: `${inMb(file.size)} MB; the limit is ${inMb(settings.largest)} MB` }, false)
  }
  if (file.size === 0) return aside({ reason: 'damaged', detail: 'the file is empty' }, false)
  const addressee = judgeRecords(file.patientId, records)
  if ('reason' in addressee) return aside(addressee, true)
  const image = await read(tools, file)
  if (!image) return
  const { inside, sha256 } = image
  if ('reason' in inside) return aside(inside, false)
  const isAnothers = async (card: string) =>
    (await tools.source.cardOwners([card])).some(({ cardId, patientId }) => cardId === card && patientId !== file.patientId)
  const wrong = await contradiction(inside, records.patients.filter(({ isDeleted }) => !isDeleted), addressee.cards, isAnothers)
  if (wrong) return aside(wrong, true, sha256)
  give(tools, file, addressee.patientGuid, oneLine(addressee.name), sha256)
}

/** Null where the file is still being written. */
async function read({ state, settings }: Tools, file: Waiting): Promise<{ inside: ReturnType<typeof readIdentity>; sha256: string } | null> {
  try {
    return await readImage(settings.pdata, file, (start, isWhole) => readIdentity(start, !isWhole))
  } catch (error) {
    if (!(error instanceof FileChanged)) return { inside: { reason: 'unreadable', detail: (error as Error).message }, sha256: '' }
    unsettle(state, file.path)
    return null
  }
}

/** Gives the image its key, unless the same bytes have one already: at once, so that of two copies judged side by side one is the second. */
function give({ state, settings }: Tools, file: Waiting, patientGuid: string, name: string | null, sha256: string): void {
  const twins = twinsOf(state, sha256, file.path).map((twin) => ({ ...twin, gone: twin.gone || !existsSync(join(settings.pdata, twin.path)) }))
  const other = twins.find((twin) => twin.patientGuid !== patientGuid)
  const same = twins.find((twin) => !twin.gone) ?? twins[0]
  if (other) setAside(state, file.path, { reason: 'of_two_patients', detail: `the same bytes as ${other.path}` }, null, sha256)
  else if (same?.gone && same.state !== 'resolved') adopt(state, file.path, same)
  else if (same && !same.gone) setAside(state, file.path, { reason: 'duplicate', detail: `the same bytes as ${same.path}` }, null, sha256)
  else {
    const key = imageKey({ patientGuid, clinicId: settings.clinicId, imageId: String(file.imageId), sha256 })
    address(state, file.path, { patientGuid, sha256, name, key })
  }
}

/** A name that the contract takes: one line, 300 characters. */
const oneLine = (name: string | null): string | null => name?.replace(/\p{Cc}+/gu, ' ').trim().slice(0, 300).toWellFormed() || null
