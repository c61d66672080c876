import { boot, type System } from '../boot.ts'
import { ensureDemoLab, fillInBackground } from '../demo/index.ts'
import { modules } from '../modules.ts'
import { startInstruments } from '../modules/devices/index.ts'
import { startSealing } from '../platform/activity/index.ts'
import { createApp } from '../platform/http/index.ts'
import { startWorker } from '../platform/jobs/index.ts'
import { log } from '../platform/log/index.ts'
import { startListening } from '../platform/realtime/index.ts'
import { buildWebIfNeeded } from './build-web.ts'

const knownRoles = ['web', 'worker', 'devices'] as const
type Role = (typeof knownRoles)[number]

function readRoles(text: string): Set<Role> {
  const roles = text.split(',').map((role) => role.trim())
  const unknown = roles.filter((role) => !(knownRoles as readonly string[]).includes(role))
  if (unknown.length > 0) throw new Error(`Unknown role ${unknown.join(', ')}; there are ${knownRoles.join(', ')}`)
  return new Set(roles as Role[])
}

/** Brings up the roles asked for and keeps them up until SIGINT or SIGTERM. */
export async function start(options: { roles: string; demo: boolean; build: boolean }): Promise<void> {
  const roles = readRoles(options.roles)
  const began = performance.now()
  const [system] = await Promise.all([boot((line) => log.info(line)), roles.has('web') && options.build ? buildWebIfNeeded() : null])
  const stops: (() => Promise<unknown>)[] = []
  const stopListening = await startListening(system.url)
  stops.push(stopListening)
  const demo = options.demo ? await ensureDemoLab(system) : null

  if (roles.has('worker')) {
    const worker = await startWorker()
    stops.push(() => worker.stop(), startSealing())
  }
  if (roles.has('devices')) stops.push(await startDevices(system))
  if (roles.has('web')) stops.push(await startWeb(system))
  announce(system, roles, demo?.signInLink ?? null, performance.now() - began)
  if (demo?.isNew && roles.has('worker')) stops.push(fillInBackground(demo.labId, system.config.demoDays))

  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    for (const each of stops.reverse()) await each().catch((error: Error) => log.error({ err: error.message }, 'while stopping'))
    await system.close()
    process.exit()
  }
  process.once('SIGINT', () => void stop())
  process.once('SIGTERM', () => void stop())
}

async function startDevices({ url, config }: System): Promise<() => Promise<void>> {
  const listeners = await startInstruments(url, { host: config.devicesHost })
  return () => listeners.close()
}

async function startWeb({ config, auth }: System): Promise<() => Promise<void>> {
  const app = await createApp({ config, auth, modules })
  await app.listen({ port: config.port, host: config.host })
  return () => app.close()
}

function announce({ config }: System, roles: Set<Role>, signInLink: string | null, ms: number): void {
  const lines = [`Aliquot is up (${[...roles].join(', ')}) after ${(ms / 1000).toFixed(1)} s.`]
  if (roles.has('web')) lines.push(`  Address       ${config.publicUrl}`)
  if (signInLink) lines.push(`  Sign in       ${signInLink}`, '                (demo lab, user admin; works once, within a day; then choose a password)')
  console.log(`\n${lines.join('\n')}\n`)
}
