import { readFile, writeFile } from 'node:fs/promises'
import { rmSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { describe } from './describe.ts'
import { mend } from './ladder.ts'
import type { Climb } from './ladder.ts'
import { mergePages } from './merge.ts'
import { DocumentRefused, SignedDocument } from './refusal.ts'
import { stamp } from './stamp.ts'
import type { Order, Reply, TaskName, Tasks } from './tasks.ts'

/** The process in which other people's files are opened: it is given files and orders, and may be killed at any time. */

type Doer<N extends TaskName> = (files: Uint8Array[], asks: Tasks[N]['asks']) => Promise<{ answers: Tasks[N]['answers']; file: Uint8Array | null }>

const reply = (message: Reply) => process.send?.(message)
const begin: Climb['begin'] = (rung) => void reply({ type: 'begin', rung })
const fresh: Climb = { without: [], begin: () => {} }
const first = (files: readonly Uint8Array[]) => files[0] ?? new Uint8Array()
const split = <T extends { bytes: Uint8Array }>({ bytes, ...answers }: T) => ({ answers, file: bytes })

const doers: { [N in TaskName]: Doer<N> } = {
  mend: async (files, { at, without }) => {
    const { answers, file } = split(await mend(first(files), at, { without, begin }))
    return { answers, file: answers.step === 'kept' ? null : file }
  },
  picture: async (files, { kind }) => split(await (await import('./picture.ts')).pictureToPdf(first(files), kind)),
  measure: async (files, { kind }) => ({ answers: await (await import('./picture.ts')).measurePicture(first(files), kind), file: null }),
  merge: async (files, { at, mostPages }) => {
    const whole: Uint8Array[] = []
    for (const [index, file] of files.entries()) whole.push((await mend(file, at[index] ?? 0, fresh)).bytes)
    return split(await mergePages(whole, mostPages))
  },
  stamp: async (files, { at, ...options }) => {
    const [file = new Uint8Array(), bands = new Uint8Array()] = files
    return { answers: null, file: await stamp(await mend(file, at, fresh), bands, options) }
  },
  dicom: async (files) => (await import('./dicom.ts')).readDicom(first(files)),
  describe: async (files, { at }) => ({ answers: await describe(await mend(first(files), at, fresh)), file: null }),
}

const run = async ({ task, asks, files, result }: Order): Promise<void> => {
  const rss = () => process.memoryUsage.rss()
  try {
    const bytes = await Promise.all(files.map(async (file) => new Uint8Array(await readFile(file))))
    const doer = doers[task] as (files: Uint8Array[], asks: unknown) => Promise<{ answers: unknown; file: Uint8Array | null }>
    const { answers, file } = await doer(bytes, asks)
    if (file) await writeFile(result, file, { mode: 0o600 })
    reply({ type: 'done', answers, wrote: file !== null, rss: rss() })
  } catch (error) {
    const { name, message } = error as Error
    if (error instanceof DocumentRefused) reply({ type: 'refused', code: error.code, detail: message, rss: rss() })
    // a trap of pdfium: its memory is not to be trusted any more, so the child is replaced as if it had grown too large
    else if (name === 'RuntimeError') reply({ type: 'refused', code: 'too_damaged', detail: message, rss: Infinity })
    else if (error instanceof SignedDocument) reply({ type: 'signed', rss: rss() })
    else reply({ type: 'failed', message: String((error as Error).stack ?? error), rss: rss() })
  }
}

const [folder = '', most = '0'] = process.argv.slice(2)
new Worker(new URL('./watchdog.ts', import.meta.url), { workerData: { most: Number(most), parent: process.ppid }, execArgv: [] }).unref()
process.on('message', (order: Order) => void run(order))
process.once('disconnect', () => {
  rmSync(folder, { recursive: true, force: true })
  process.exit()
})
