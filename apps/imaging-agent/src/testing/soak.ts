import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { State, stateFile } from '../state/state.ts'
import { outcomes, settingsOf } from './agent.ts'
import { openLab } from './lab.ts'
import { guidOf, makePractice, xRayOf, type MadeImage, type MadePatient } from './practice.ts'

export interface SoakResult {
  kills: number
  images: number
  filed: number
  setAside: number
  /** objects that were stored more than once */
  twice: string[]
  /** files that are neither filed nor set aside */
  lost: string[]
  /** objects that no filed image stands for */
  strange: string[]
}

const main = fileURLToPath(new URL('../main.ts', import.meta.url))
const perPatient = 10

/**
 * The agent as its own process, killed with SIGKILL again and again while it works, then let to its end; and what came of each image. Every tenth
 * image
 * cannot be filed. `random` decides when, between 0 and 1.
 */
export async function soak(images: number, kills: number, random: () => number): Promise<SoakResult> {
  const folder = await mkdtemp(join(tmpdir(), 'aliquot-agent-soak-'))
  const patients = Array.from({ length: Math.ceil(images / perPatient) }, (_, at): MadePatient => ({
    id: at + 1, card: `C-${at + 1}`, last: `Family ${letters(at)}`, first: 'Given', born: '1980-05-06',
  }))
  const lab = await openLab({ clinicId: 7, cards: new Map(patients.map(({ card }) => [card ?? '', [guidOf(card ?? '')]])), slowness: 3 })
  try {
    const practice = await makePractice(folder, patients, Array.from({ length: images }, (_, at): MadeImage => ({
      id: at + 1, of: Math.floor(at / perPatient) + 1, ...(at % 10 === 3 && { bytes: xRayOf({ name: 'Somebody^Else' }, `other ${at}`) }),
    })))
    const data = join(folder, 'data')
    const flags = { ...practice, server: lab.url, serverKey: lab.key, clinicId: '7' }
    const env = {
      ...process.env, IMAGING_DATA: data, IMAGING_SOURCE: 'csv', IMAGING_PDATA: practice.pdata, IMAGING_PATIENTS_CSV: practice.patientsCsv,
      IMAGING_MEDIABASE_CSV: practice.mediabaseCsv, IMAGING_SERVER: lab.url, IMAGING_SERVER_KEY: lab.key, IMAGING_CLINIC_ID: '7',
        IMAGING_SETTLE_SECONDS: '0', IMAGING_LOG_LEVEL: 'warn',
    }
    let killed = 0
    for (let ended = false; !ended;) {
      const child = spawn(process.execPath, [main, 'run', '--once'], { env, stdio: 'inherit' })
      const exit = new Promise<number | null>((resolve) => { child.once('exit', resolve) })
      if (killed < kills) {
        // As much work as leaves some for the kills to come; and a moment more, so that it happens anywhere.
        const before = lab.objects.size
        const work = Math.ceil(random() * 1.6 * (images * 0.9 - before) / (kills - killed + 1))
        while (child.exitCode === null && lab.objects.size < Math.min(before + work, images)) await wait(1)
        await wait(random() * 10)
        if (child.kill('SIGKILL')) killed++
      }
      const code = await exit
      if (code !== null && code !== 0) throw new Error(`The agent ended with ${code}`)
      ended = code === 0 && (killed >= kills || lab.objects.size >= images * 0.9)
    }
    return { ...await judged(settingsOf(data, flags), lab.objects), kills: killed, images }
  } finally {
    await lab.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function judged(settings: ReturnType<typeof settingsOf>, objects: Awaited<ReturnType<typeof openLab>>['objects']): Promise<Omit<SoakResult,
  'kills' | 'images'>> {
  const state = new State(stateFile(settings))
  try {
    const all = Object.entries(outcomes(state))
    const keys = new Set(state.all("select key from image where state = 'announced'").map(({ key }) => key))
    const filed = all.filter(([, outcome]) => outcome === 'announced')
    const lost = all.filter(([, outcome]) => ['found', 'resolved', 'uploaded'].includes(outcome)).map(([path]) => path)
    return {
      filed: filed.length, lost, setAside: all.length - filed.length - lost.length,
      twice: [...objects].filter(([, { puts }]) => puts !== 1).map(([key]) => key), strange: [...objects.keys()].filter((key) => !keys.has(key)),
    }
  } finally {
    state.close()
  }
}

const letters = (at: number): string => at.toString(26).replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 26)))
