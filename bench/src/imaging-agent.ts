import { spawn } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, open, readdir, readFile, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { guidOf, makePractice, xRayOf, type MadePatient } from '../../apps/imaging-agent/src/testing/practice.ts'

const main = fileURLToPath(new URL('../../apps/imaging-agent/src/main.ts', import.meta.url))
const lab = fileURLToPath(new URL('imaging-lab.ts', import.meta.url))
/** Pixels of 16 bits: a megabyte. */
const side = 724
const patients = 50

/**
 * P9: the agent sends `count` DICOM files of a megabyte to a bucket that is another process on this machine and writes them to the disk; beside it,
 * `rounds` times by turns, the same files copied one after the other. Both read files that the system's cache holds and end with the bytes on the
 * disk (fsync of each file). The agent is measured from its first line of log, behind the start of Node, until it has looked through everything:
 * scan, state, questions to the lab and announcements are in it.
 */
export async function compareAgent(count: number, rounds: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aliquot-bench-agent-'))
  try {
    const people = Array.from({ length: patients }, (_, at): MadePatient =>
      ({ id: at + 1, card: `C-${at + 1}`, last: 'Rao', first: 'Asha', born: '1980-05-06' }))
    const practice = await makePractice(folder, people, Array.from({ length: count }, (_, at) => ({
      id: at + 1, of: at % patients + 1, bytes: xRayOf({ name: 'Rao^Asha', born: '1980-05-06' }, `bench ${at}`, side),
    })))
    const guids = people.map(({ card }) => guidOf(card ?? ''))
    const pairs: { copy: number; agent: AgentRun }[] = []
    for (let round = 0; round < rounds; round++) {
      const copy = await inFolder(folder, 'copied', (target) => timed(() => copyAll(practice.pdata, target)))
      const agent = await inFolder(folder, 'data', (data) => inFolder(folder, 'stored', async (stored) => {
        const run = await runAgent(data, practice, stored, guids)
        const there = (await readdir(stored)).length
        if (there !== count) throw new Error(`${there} of ${count} images arrived`)
        return run
      }))
      pairs.push({ copy, agent })
    }
    const ratios = pairs.map(({ copy, agent }) => copy / agent.seconds)
    const median = [...ratios].sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN
    const list = (of: (pair: typeof pairs[number]) => string) => pairs.map(of).join(', ')
    return `P9 imaging agent, ${count} files of 1 MB: ${median.toFixed(2)} of a plain copy `
      + `(goal ≥ 0.6; ${ratios.map((one) => one.toFixed(2)).join(', ')}) – `
      + `${list(({ agent }) => agent.seconds.toFixed(1))} s, copy ${list(({ copy }) => copy.toFixed(1))} s, `
      + `load ${list(({ agent }) => agent.load.toFixed(1))}; `
      + `memory after a tenth ${list(({ agent }) => String(agent.firstMb))} MB, at most ${list(({ agent }) => String(agent.mostMb))} MB`
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function inFolder<T>(folder: string, name: string, work: (path: string) => Promise<T>): Promise<T> {
  const path = join(folder, name)
  await mkdir(path)
  try {
    return await work(path)
  } finally {
    await rm(path, { recursive: true })
  }
}

async function copyAll(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const target = join(to, `${entry.parentPath.split('/').at(-1)}_${entry.name}`)
    await copyFile(join(entry.parentPath, entry.name), target)
    const file = await open(target, 'r+')
    await file.sync()
    await file.close()
  }
}

interface AgentRun { seconds: number; firstMb: number; mostMb: number; load: number }

async function runAgent(data: string, practice: { pdata: string; patientsCsv: string; mediabaseCsv: string }, stored: string,
  guids: string[]): Promise<AgentRun> {
  const server = spawn(process.execPath, [lab, stored, ...guids], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const url = await new Promise<string>((resolve) => { server.stdout.once('data', (chunk) => resolve(String(chunk).trim())) })
    const env = {
      ...process.env, IMAGING_DATA: data, IMAGING_SOURCE: 'csv', IMAGING_PDATA: practice.pdata, IMAGING_PATIENTS_CSV: practice.patientsCsv,
      IMAGING_MEDIABASE_CSV: practice.mediabaseCsv, IMAGING_SERVER: url, IMAGING_SERVER_KEY: 'the-key-of-a-clinic', IMAGING_CLINIC_ID: '7',
      IMAGING_SETTLE_SECONDS: '0', IMAGING_LOG_LEVEL: 'info',
    }
    const memory: number[] = []
    const child = spawn(process.execPath, [main, 'run', '--once'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = new Promise((resolve) => { child.once('exit', resolve) })
    const timer = setInterval(() => { void residentMb(child.pid ?? 0).then((mb) => mb > 0 && memory.push(mb)) }, 50)
    const times = new Map<string, number>()
    for await (const line of createInterface(child.stdout)) {
      const { msg, time } = JSON.parse(line) as { msg: string; time: number }
      times.set(msg, time)
    }
    clearInterval(timer)
    if (await ended !== 0) throw new Error('The agent failed')
    const seconds = ((times.get('looked through pdata') ?? Number.NaN) - (times.get('the imaging agent works') ?? Number.NaN)) / 1000
    const firstMb = Math.max(0, ...memory.slice(0, Math.ceil(memory.length / 10)))
    return { seconds, firstMb, mostMb: Math.max(0, ...memory), load: loadavg()[0] ?? 0 }
  } finally {
    server.kill('SIGTERM')
  }
}

/** Only Linux tells it so simply; elsewhere 0. */
async function residentMb(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(text)?.[1] ?? 0) / 1024)
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}
