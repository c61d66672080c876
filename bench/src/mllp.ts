import { spawn, type ChildProcess } from 'node:child_process'
import { connect } from 'node:net'
import { createInstrument, installProfiles, listProfiles } from '../../apps/server/src/modules/devices/index.ts'
import type { Actor } from '../../apps/server/src/platform/auth/index.ts'
import { change, read } from '../../apps/server/src/platform/unit-of-work/index.ts'

/** An HL7 analyser of the lab, as one adds it on the screen. */
export async function anInstrument(actor: Actor, port: number): Promise<void> {
  await change(actor, installProfiles)
  const { items } = await read(actor, (db) => listProfiles(db, { limit: 100 }))
  const profile = items.find(({ protocol }) => protocol === 'hl7')
  if (!profile) throw new Error('No profile of an HL7 analyser is installed')
  await change(actor, (tx) => createInstrument(tx, { code: 'bench', name: 'Bench analyser', profileId: profile.id, port }))
}

const run = Date.now().toString(36)
let made = 0

/** A message of a kilobyte, like no other. */
function oru(): string {
  const results = Array.from({ length: 10 }, (_, n) => `OBX|${n + 1}|NM|718-${n}^Haemoglobin^LN||13.${n}|g/dL|12.0-16.0|N|||F|||20261121081500`)
  return ['MSH|^~\\&|XN-1000|LAB A|LIS|CENTRAL|20261121081500||ORU^R01^ORU_R01|' + `${run}${++made}|P|2.5.1||||||UNICODE UTF-8`, 'PID|1||P-1001^^^LAB^MR||Doe^Jane||19800229|F',
    'PV1|1|O', 'ORC|RE|S-77', 'OBR|1|S-77||CBC^Blood count^L', ...results, 'NTE|1||no remark', ''].join('\r')
}

/** Messages acknowledged per second over connections that each wait for an answer before they send the next. */
async function loadMllp(port: number, connections: number, seconds: number): Promise<number> {
  const began = performance.now()
  let answered = 0
  await Promise.all(Array.from({ length: connections }, () => new Promise<void>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1').setNoDelay(true)
    const next = () => {
      if (performance.now() - began > seconds * 1000) socket.destroy()
      else socket.write(`\x0b${oru()}\x1c\r`)
    }
    socket.once('connect', next)
    socket.on('data', (chunk) => {
      if (chunk.at(-2) !== 0x1c) return
      if (!chunk.includes('MSA|AA')) reject(new Error(`answered ${chunk.toString('latin1')}`))
      answered += 1
      next()
    })
    socket.once('error', reject).once('close', () => resolve())
  })))
  return answered / ((performance.now() - began) / 1000)
}

interface Comparison {
  port: number
  seconds: number
  rounds: number
  settle(): Promise<void>
}

/** P3, as a line: this server's devices role, which stores before it answers, and the other, which does not store, by turns. */
export async function compareMllp({ port, seconds, rounds, settle }: Comparison): Promise<string> {
  const main = new URL('../../apps/server/src/main.ts', import.meta.url).pathname
  const ours = spawn(process.execPath, [main, 'start', '--roles', 'devices', '--no-demo'], { env: process.env, stdio: ['ignore', 'ignore', 'inherit'] })
  const theirs = await startMedplum(port + 1)
  try {
    await listening(port)
    await loadMllp(port, lines, 2)
    const pairs: [number, number][] = []
    for (let round = 0; round < rounds; round++) {
      const them = theirs ? await loadMllp(port + 1, lines, seconds) : Number.NaN
      await settle()
      pairs.push([await loadMllp(port, lines, seconds), them])
    }
    const [ratio = Number.NaN] = pairs.map(([us, them]) => us / them).sort((a, b) => a - b).slice(rounds >> 1)
    const figures = pairs.map(([us]) => us.toFixed(0)).join(', ')
    return theirs
      ? `P3 HL7 over MLLP, ${lines} connections, stored before ACK: ${ratio.toFixed(2)} (goal ≥ 2) – ours ${figures} per second, @medplum/hl7 ${pairs.map(([, them]) => them.toFixed(0)).join(', ')}`
      : `P3 HL7 over MLLP, ${lines} connections, stored before ACK: ${figures} per second; @medplum/hl7 is not installed, so there is no ratio (goal ≥ 2)`
  } finally {
    theirs?.kill('SIGKILL')
    ours.kill('SIGTERM')
    await new Promise((resolve) => ours.once('exit', resolve))
  }
}

const lines = 10

/** The server that stores nothing, in a process of its own; null where the package is not installed. */
async function startMedplum(port: number): Promise<ChildProcess | null> {
  try {
    import.meta.resolve('@medplum/hl7')
  } catch {
    return null
  }
  const child = spawn(process.execPath, [new URL('medplum-server.ts', import.meta.url).pathname, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise((resolve) => child.stdout.once('data', resolve))
  return child
}

/** Until something listens there. */
async function listening(port: number): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (open) return
    if (attempt > 200) throw new Error(`Nothing listens at ${port}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
