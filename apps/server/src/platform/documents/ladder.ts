import { hasActiveContent } from './active-content.ts'
import { judge } from './judge.ts'
import type { Verdict } from './judge.ts'
import { limits } from './limits.ts'
import { loadObjects } from './load-objects.ts'
import { mergePages } from './merge.ts'
import { catalogOf, leavesOf, strayPages } from './page-tree.ts'
import { withPdf } from './pdfium.ts'
import { readability } from './readability.ts'
import type { Readable } from './readability.ts'
import { rebuild } from './rebuild.ts'
import { DocumentRefused } from './refusal.ts'
import { isSigned, namesActiveContent, structureIsSane } from './structure.ts'
import { isTidy } from './tidiness.ts'

export interface Mended {
  bytes: Uint8Array
  pages: number
  step: 'kept' | 'repaired' | 'rebuilt' | 'rescued'
  signed: boolean
  notice: string | null
}

/** The parts of the ladder, in order. */
export type Rung = 'judge' | 'objects' | 'repair' | 'rebuild' | 'rescue'

/** `begin` names the rung that is stepped on: if it never ends, another process goes on without it. */
export interface Climb {
  without: readonly Rung[]
  begin: (rung: Rung) => void
}

/** A PDF that every reader opens, made from `bytes`: themselves where they are healthy. Throws `DocumentRefused`. */
export const mend = async (bytes: Uint8Array, at: number, climb: Climb): Promise<Mended> => {
  const pdf = bytes.subarray(at)
  const opened = await attempt('judge', climb, () => judge(pdf))
  if (opened === 'password') throw new DocumentRefused('password')
  const objects = await attempt('objects', climb, () => lookAtObjects(pdf))
  const verdict = opened === 'damaged' ? null : opened
  const whole = verdict && verdict.pages > 0 && (objects?.pages ?? 0) <= verdict.pages ? verdict : null
  if (isHopeless(objects, whole !== null)) throw new DocumentRefused('too_damaged', 'no page can be read')
  if (whole && at === 0 && isHealthy(pdf, whole, objects)) return keep(pdf, whole, objects)
  const found = await firstOf(pdf, whole, climb)
  if (!found) throw new DocumentRefused(hasNoPage(objects, verdict) ? 'no_pages' : 'too_damaged')
  return repairedOf(found, isSigned(pdf), objects)
}

/** With the fonts of a cut-off file gone, its figures would show as others or not at all. A sound file may name a font that it never uses. */
const isHopeless = (objects: Objects | null, opens: boolean): boolean =>
  objects !== null && objects.readable.length > 0 && objects.readable.every((page) => page === 'none' || (page === 'bare' && !opens))

const isHealthy = (pdf: Uint8Array, { encrypted }: Verdict, objects: Objects | null): boolean =>
  !encrypted && objects?.tidy !== false && structureIsSane(pdf)

const keep = (pdf: Uint8Array, { pages, active }: Verdict, objects: Objects | null): Mended => {
  const carries = active || objects?.active === true || namesActiveContent(pdf)
  const notice = sentences(partsMissing(objects), carries && 'It carries scripts or attached files, which are not opened here.')
  return { bytes: pdf, pages, step: 'kept', signed: isSigned(pdf), notice }
}

const repairedOf = ({ file, pages, step }: Written & { step: Mended['step'] }, signed: boolean, objects: Objects | null): Mended => {
  if (file.length > limits.bytes) throw new DocumentRefused('too_large')
  const please = `Repaired, ${pages} ${pages === 1 ? 'page' : 'pages'}: please look.`
  const notice = sentences(please, partsMissing(objects), signed && 'Its digital signature is no longer valid.')
  return { bytes: file, pages, step, signed, notice }
}

const firstOf = async (pdf: Uint8Array, whole: Verdict | null, climb: Climb): Promise<(Written & { step: Mended['step'] }) | null> => {
  const repaired = whole && (await attempt('repair', climb, () => repair(pdf, whole.pages)))
  if (repaired) return { ...repaired, step: 'repaired' }
  const rebuilt = await attempt('rebuild', climb, () => judged(rebuild(pdf)))
  if (rebuilt) return { ...rebuilt, step: 'rebuilt' }
  const rescued = await attempt('rescue', climb, async () => judged((await import('./rescue.ts')).rescue(pdf)))
  return rescued && { ...rescued, step: 'rescued' }
}

interface Written {
  file: Uint8Array
  pages: number
}

const sentences = (...parts: (string | false | null)[]) => parts.filter(Boolean).join(' ') || null

const partsMissing = (objects: Objects | null): string | null => {
  const pages = (objects?.readable ?? []).flatMap((page, index) => (page === 'whole' ? [] : [index + 1]))
  if (pages.length === 0) return null
  return `Parts of ${pages.length === 1 ? 'page' : 'pages'} ${pages.slice(0, 5).join(', ')}${pages.length > 5 ? ' and others' : ''} cannot be read.`
}

const hasNoPage = (objects: Objects | null, verdict: Verdict | null): boolean =>
  (objects?.rooted === true && objects.pages === 0) || (verdict?.pages === 0 && objects?.rooted !== false)

/** Null where this rung was left out, or failed: the next may hold. */
const attempt = async <T>(rung: Rung, { without, begin }: Climb, work: () => Promise<T>): Promise<T | null> => {
  if (without.includes(rung)) return null
  begin(rung)
  try {
    return await work()
  } catch (error) {
    if (error instanceof DocumentRefused) throw error
    return null
  }
}

interface Objects {
  /** whether there is a catalog */
  rooted: boolean
  /** in its tree */
  pages: number
  active: boolean
  tidy: boolean
  /** of the pages in the tree; without a tree, of those found */
  readable: Readable[]
}

/** What the objects themselves say, beside what the cross references lead to: a page that the counts leave out would be lost in silence. */
const lookAtObjects = async (pdf: Uint8Array): Promise<Objects | null> => {
  if (pdf.length > mostToLookAt) return null
  const { context } = await loadObjects(pdf)
  const leaves = leavesOf(context)
  const readable = readability(context, leaves.length > 0 ? leaves : strayPages(context))
  return { rooted: catalogOf(context) !== null, pages: leaves.length, active: hasActiveContent(context), tidy: isTidy(context, leaves), readable }
}

const mostToLookAt = 32 * 1024 * 1024

/**
 * pdfium finds its way best, but what it writes may still name objects that are not there, so that is written once more; or, where its
 * pages stand in no tree that others can follow, they are moved into a new file.
 */
const repair = async (pdf: Uint8Array, pages: number): Promise<Written | null> => {
  const saved = await withPdf(pdf, (open) => open.save())
  const rewritten = typeof saved === 'string' ? null : await judged(rebuild(saved).catch(() => null), pages)
  return rewritten ?? judged(mergePages([pdf]).then(({ bytes }) => bytes), pages)
}

/** A file that opens with all its pages, plain and sane. */
const judged = async (making: Promise<Uint8Array | null>, pages?: number): Promise<Written | null> => {
  const file = await making
  if (!file) return null
  const verdict = await judge(file)
  if (typeof verdict === 'string' || verdict.pages === 0 || verdict.encrypted || !structureIsSane(file)) return null
  return verdict.pages === (pages ?? verdict.pages) ? { file, pages: verdict.pages } : null
}
