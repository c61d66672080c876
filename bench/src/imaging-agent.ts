import { spawn } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, open, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { guidOf, makePractice, xRayOf, type MadePatient } from '../../apps/imaging-agent/src/testing/practice.ts'

const main = fileURLToPath(new URL('../../apps/imaging-agent/src/main.ts', import.meta.url))
const lab = fileURLToPath(new URL('imaging-lab.ts', import.meta.url))
/** Pixels of 16 bits: a megabyte. */
const side = 724
const patients = 50

/**
 * P9: the agent sends `count` DICOM files of a megabyte to a bucket that is another process on this machine, and writes them to the disk; beside it,
 * the same
 * files copied one after the other. Both sides end with the bytes on the disk (fsync of each file). Whole processes are measured, start and end
 * included.
 */
export async function compareAgent(count: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aliquot-bench-agent-'))
  try {
    const people = Array.from({ length: patients }, (_, at): MadePatient =>
      ({ id: at + 1, card: `C-${at + 1}`, last: 'Rao', first: 'Asha', born: '1980-05-06' }))
    const practice = await makePractice(folder, people, Array.from({ length: count }, (_, at) => ({
      id: at + 1, of: at % patients + 1, bytes: xRayOf({ name: 'Rao^Asha', born: '1980-05-06' }, `bench ${at}`, side),
    })))
    const [copied, stored] = [join(folder, 'copied'), join(folder, 'stored')]
    await Promise.all([copied, stored].map((name) => mkdir(name)))
    const copySeconds = await timed(() => copyAll(practice.pdata, copied))
    const agent = await runAgent(folder, practice, stored, people.map(({ card }) => guidOf(card ?? '')))
    const there = (await readdir(stored)).length
    if (there !== count) throw new Error(`${there} of ${count} images arrived`)
    const ratio = copySeconds / agent.seconds
    return `P9 imaging agent, ${count} files of 1 MB: ${ratio.toFixed(2)} of a plain copy (goal ≥ 0.6) – ${agent.seconds.toFixed(1)} s, copy ${copySeconds.toFixed(1)} s; `
      + `memory ${agent.firstMb} MB after a tenth, ${agent.mostMb} MB at most`
  } finally {
    await rm(folder, { recursive: true, force: true })
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

async function runAgent(folder: string, practice: { pdata: string; patientsCsv: string; mediabaseCsv: string }, stored: string,
  guids: string[]): Promise<{ seconds: number; firstMb: number; mostMb: number }> {
  const server = spawn(process.execPath, [lab, stored, ...guids], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const url = await new Promise<string>((resolve) => { server.stdout.once('data', (chunk) => resolve(String(chunk).trim())) })
    const env = {
      ...process.env, IMAGING_DATA: join(folder, 'data'), IMAGING_SOURCE: 'csv', IMAGING_PDATA: practice.pdata,
        IMAGING_PATIENTS_CSV: practice.patientsCsv,
      IMAGING_MEDIABASE_CSV: practice.mediabaseCsv, IMAGING_SERVER: url, IMAGING_SERVER_KEY: 'the-key-of-a-clinic', IMAGING_CLINIC_ID: '7',
        IMAGING_SETTLE_SECONDS: '0', IMAGING_LOG_LEVEL: 'warn',
    }
    const memory: number[] = []
    const seconds = await timed(async () => {
      const child = spawn(process.execPath, [main, 'run', '--once'], { env, stdio: 'inherit' })
      const timer = setInterval(() => { void residentMb(child.pid ?? 0).then((mb) => mb > 0 && memory.push(mb)) }, 50)
      const code = await new Promise((resolve) => { child.once('exit', resolve) })
      clearInterval(timer)
      if (code !== 0) throw new Error(`The agent ended with ${String(code)}`)
    })
    return { seconds, firstMb: Math.max(0, ...memory.slice(0, Math.ceil(memory.length / 10))), mostMb: Math.max(0, ...memory) }
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
