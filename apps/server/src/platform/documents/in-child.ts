import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Rung } from './ladder.ts'
import { limits } from './limits.ts'
import { DocumentRefused, SignedDocument } from './refusal.ts'
import type { Order, Reply, TaskName, Tasks } from './tasks.ts'
import { tooMuchMemory } from './watched.ts'

/** The child died over a task: of what, and on which rung of the ladder. */
export class ChildDied extends Error {
  readonly refusal: DocumentRefused
  readonly rung: Rung | null

  constructor(refusal: DocumentRefused, rung: Rung | null) {
    super(refusal.message)
    this.refusal = refusal
    this.rung = rung
  }
}

interface Workplace {
  child: ChildProcess
  folder: string
}

let workplace: Workplace | null = null
let queue: Promise<unknown> = Promise.resolve()
let rest: NodeJS.Timeout | null = null

/** Lets the child do one task, after those asked for before. Throws what the child refuses, or `ChildDied`. */
export const inChild = <N extends TaskName>(
  task: N, asks: Tasks[N]['asks'], files: readonly Uint8Array[],
): Promise<{ answers: Tasks[N]['answers']; file: Uint8Array | null }> => {
  const turn = queue.then(() => work(task, asks, files))
  queue = turn.catch(() => {})
  return turn as Promise<{ answers: Tasks[N]['answers']; file: Uint8Array | null }>
}

/** Ends the child after the tasks that were asked for. */
export const closeChild = (): Promise<void> => {
  const turn = queue.then(dismiss)
  queue = turn.catch(() => {})
  return turn
}

const work = async (task: TaskName, asks: unknown, files: readonly Uint8Array[]): Promise<{ answers: unknown; file: Uint8Array | null }> => {
  if (rest) clearTimeout(rest)
  if (workplace && isGone(workplace.child)) await dismiss()
  workplace ??= await hire()
  const { child, folder } = workplace
  hold(child, true)
  const paths = files.map(() => join(folder, randomUUID()))
  const result = join(folder, randomUUID())
  try {
    await Promise.all(paths.map((path, index) => writeFile(path, files[index] ?? new Uint8Array(), { mode: 0o600 })))
    const answer = await answerTo(child, { task, asks, files: paths, result })
    const file = answer.type === 'done' && answer.wrote ? new Uint8Array(await readFile(result)) : null
    if (answer.rss > limits.tired) await dismiss()
    if (answer.type === 'refused') throw new DocumentRefused(answer.code, answer.detail)
    if (answer.type === 'signed') throw new SignedDocument()
    if (answer.type === 'failed') throw new Error(`A document could not be worked on: ${answer.message}`)
    return { answers: answer.answers, file }
  } finally {
    await Promise.all([...paths, result].map((path) => rm(path, { force: true })))
    if (isGone(child)) await dismiss()
    hold(child, false)
    rest = setTimeout(() => void closeChild(), limits.idle).unref()
  }
}

type Answer = Exclude<Reply, { type: 'begin' }>

const answerTo = (child: ChildProcess, order: Order): Promise<Answer> => new Promise((settle, fail) => {
  let rung: Rung | null = null
  const died = (refusal: DocumentRefused) => finish(() => fail(new ChildDied(refusal, rung)))
  const finish = (then: () => void) => {
    clearTimeout(deadline)
    child.off('message', heard).off('exit', ended).off('error', broken)
    then()
  }
  const heard = (message: Reply) => {
    if (message.type === 'begin') rung = message.rung
    else finish(() => settle(message))
  }
  const ended = (code: number | null, signal: NodeJS.Signals | null) => died(causeOf(code, signal))
  const broken = (error: Error) => finish(() => fail(error))
  const deadline = setTimeout(() => {
    child.kill('SIGKILL')
    child.off('exit', ended).once('exit', () => died(new DocumentRefused('took_too_long')))
  }, limits.milliseconds)
  child.on('message', heard).on('exit', ended).on('error', broken)
  child.send(order, (error) => error && !isGone(child) && broken(error))
})

/** SIGABRT and 134 are how V8 says that its heap is full. */
const causeOf = (code: number | null, signal: NodeJS.Signals | null): DocumentRefused =>
  signal === tooMuchMemory || signal === 'SIGABRT' || code === 134
    ? new DocumentRefused('too_large', 'out of memory') : new DocumentRefused('too_damaged', `the process ended with ${signal ?? code}`)

const isGone = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null

const hire = async (): Promise<Workplace> => {
  const folder = await mkdtemp(join(tmpdir(), 'aliquot-documents-'))
  process.once('exit', leaveNothing)
  const child = fork(fileURLToPath(new URL('./child.ts', import.meta.url)), [folder, String(limits.rss)], {
    execArgv: [`--max-old-space-size=${limits.heap}`], serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // no secret of the server's environment goes where other people's files are opened
    env: { TZ: 'UTC', ...(process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {}) },
  })
  return { child, folder }
}

const dismiss = async (): Promise<void> => {
  const leaving = workplace
  if (!leaving) return
  workplace = null
  const { child, folder } = leaving
  if (!isGone(child)) {
    hold(child, true)
    await new Promise((settle) => child.once('exit', settle) && child.kill('SIGKILL'))
  }
  process.off('exit', leaveNothing)
  await rm(folder, { recursive: true, force: true })
}

const leaveNothing = (): void => {
  workplace?.child.kill('SIGKILL')
  if (workplace) rmSync(workplace.folder, { recursive: true, force: true })
}

/** An idle child keeps no one from ending. */
const hold = (child: ChildProcess, busy: boolean): void => {
  if (busy) child.ref()
  else child.unref()
  if (busy) child.channel?.ref()
  else child.channel?.unref()
}
