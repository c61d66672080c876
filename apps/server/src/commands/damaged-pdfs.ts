import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { damagedSamples, trySample } from '../platform/documents/damage/index.ts'
import type { Outcome, Sample } from '../platform/documents/damage/index.ts'
import { closeDocuments } from '../platform/documents/index.ts'

/**
 * Opens damaged, odd and hostile files as uploads are opened and prints what became of each: those made here, with what is expected of them, or
 * the files given, and all PDFs in the folders given. Exits with 1 when one is not as expected.
 */
export async function damagedPdfs(paths: readonly string[] = []): Promise<void> {
  const made: (Omit<Sample, 'expect'> & { expect?: Sample['expect'] })[] = paths.length > 0 ? [] : await damagedSamples()
  const files = (await Promise.all(paths.map(filesUnder))).flat()
  const tally = new Map<string, number>()
  let unexpected = 0
  const show = (name: string, outcome: Outcome) => {
    tally.set(outcome.became, (tally.get(outcome.became) ?? 0) + 1)
    if (outcome.asExpected === false) unexpected++
    console.log(rowOf(name, outcome))
  }
  console.log(`${'file'.padEnd(46)}${'became'.padEnd(16)}pages     ms  first page  notice`)
  try {
    for (const sample of made) show(sample.name, await trySample(sample))
    for (const file of files) show(file.length > 45 ? `…${file.slice(-44)}` : file, await trySample({ bytes: await readFile(file) }))
  } finally {
    await closeDocuments()
  }
  const summary = [...tally].toSorted(([a], [b]) => a.localeCompare(b)).map(([became, count]) => `${count} ${became}`).join(', ')
  console.log(`\n${made.length + files.length} files: ${summary}${made.length > 0 ? `; ${unexpected} not as expected` : ''}`)
  if (unexpected > 0) process.exitCode = 1
}

const rowOf = (name: string, { became, pages, milliseconds, firstPageSame, notice, asExpected }: Outcome): string => [
  name.padEnd(46), became.padEnd(16), String(pages ?? '–').padStart(5), String(milliseconds).padStart(7),
  `  ${(firstPageSame === null ? '' : firstPageSame ? 'same' : 'DIFFERENT').padEnd(12)}`, asExpected === false ? 'NOT AS EXPECTED. ' : '', notice ?? '',
].join('').trimEnd()

const filesUnder = async (path: string): Promise<string[]> => {
  if ((await stat(path)).isFile()) return [path]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile() && /\.pdf$/i.test(entry.name)).map((entry) => join(entry.parentPath, entry.name)).toSorted()
}
