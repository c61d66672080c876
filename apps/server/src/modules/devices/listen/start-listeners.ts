import { hostname } from 'node:os'
import { log } from '#platform/log'
import { subscribe } from '#platform/realtime'
import { openInbox } from './inbox.ts'
import type { ListenerTasks } from './listener-tasks.ts'
import { newMemory } from './memory.ts'
import { notePorts, openPorts, protocolOf, type PortNote, type PortPlan } from './open-ports.ts'
import { newOrderDesk } from './order-desk.ts'
import { tellUntold } from './store-messages.ts'
import { openPortLocks } from './port-locks.ts'
import { openPortServer, type PortServer } from './port-server.ts'

export interface ListenerOptions {
  /** The address to listen at. */
  host: string
  /** How often the ports are looked at again, and signs of life given. */
  everyMs?: number
  beatMs?: number
  messageMs?: number
  answerMs?: number
  silenceMs?: number
  /** How long a message may wait for its transaction. */
  patienceMs?: number
  mostConnections?: number
  /** Bytes that all lines together may hold of unfinished messages. */
  mostHeld?: number
}

export interface Listeners {
  close(): Promise<void>
}

/**
 * Listens for the instruments of all labs. Of several processes on one database one serves a port, whichever took its lock first; when it ends, by whatever
 * end, another takes over. Everything that arrives is stored before it is answered; what cannot be stored is not answered.
 */
export async function startListeners(url: string, tasks: ListenerTasks, options: ListenerOptions): Promise<Listeners> {
  const { host, everyMs = 3000, beatMs = 10_000, messageMs = 120_000, answerMs = 30_000, silenceMs = 30_000, mostConnections = 64 } = options
  const holder = `${hostname()}:${process.pid}`
  const servers = new Map<number, PortServer>()
  const troubles = new Map<number, string>()
  /** Ports that were given up or could not be opened, until that is noted. All notes go one way, one after the other: none is overtaken by an older one. */
  const unserved = new Set<number>()
  const memory = newMemory(options.mostHeld ?? 256_000_000)
  const inbox = openInbox({
    ...(options.patienceMs === undefined ? {} : { patienceMs: options.patienceMs }),
    onReady(ready) {
      for (const server of servers.values()) server.setReady(ready)
      if (ready) refreshSoon()
    },
  })
  let closing = false
  let locksLost = false
  const locks = openPortLocks(url, () => {
    locksLost = true
    inbox.doubt()
  })
  const desk = newOrderDesk(tasks)

  const openPort = async (plan: PortPlan): Promise<void> => {
    const { port } = plan
    if (!await locks.take(port)) return
    try {
      const protocol = protocolOf(plan)
      if (!protocol) throw new Error('Its instruments speak different protocols')
      const times = { messageMs, answerMs, silenceMs }
      servers.set(port, await openPortServer({ host, plan, protocol, times, mostConnections, inbox, memory, tasks, changed: noteSoon }))
      troubles.delete(port)
      await tellUntold(plan.labId)
      log.info({ port, protocol, instruments: plan.instruments.map(({ code }) => code) }, 'listening for instruments')
    } catch (error) {
      if (!troubles.has(port)) log.error({ port, err: (error as Error).message }, 'the port of an instrument cannot be opened')
      troubles.set(port, whyNot(error as NodeJS.ErrnoException, port))
      unserved.add(port)
      await noteOnce()
      await locks.release(port)
    }
  }

  const closePort = async (port: number): Promise<void> => {
    const server = servers.get(port)
    servers.delete(port)
    unserved.add(port)
    await server?.close()
    await noteOnce()
    await locks.release(port)
    log.info({ port }, 'listens no more')
  }

  /** Closes the ports of which another process has become the holder while our locks were gone. */
  const takeLocksAgain = async (): Promise<void> => {
    if (!locksLost) return
    const held = await Promise.all([...servers.keys()].map(async (port) => [port, await locks.take(port)] as const))
    locksLost = false
    await Promise.all(held.filter(([, mine]) => !mine).map(([port]) => closePort(port)))
  }

  const refresh = async (): Promise<void> => {
    if (closing) return
    try {
      await takeLocksAgain()
      const plans = new Map((await openPorts()).map((plan) => [plan.port, plan]))
      for (const [port, server] of servers) {
        const plan = plans.get(port)
        if (!plan || plan.labId !== server.plan.labId || protocolOf(plan) !== server.protocol) await closePort(port)
        else server.plan = plan
      }
      for (const plan of plans.values()) if (!servers.has(plan.port) && !closing) await openPort(plan)
      for (const port of troubles.keys()) if (!plans.has(port)) troubles.delete(port)
      for (const server of servers.values()) void desk.serve(server)
    } catch (error) {
      log.warn({ err: (error as Error).message }, 'the ports of instruments could not be looked up')
    }
  }

  const noteOf = (port: number): PortNote =>
    ({ port, listening: servers.has(port), trouble: troubles.get(port) ?? null, connections: servers.get(port)?.connections.size ?? 0 })
  const note = async (): Promise<void> => {
    if (!inbox.ready) return
    const ports = new Set([...servers.keys(), ...unserved])
    unserved.clear()
    await notePorts(holder, [...ports].map(noteOf)).catch((error: Error) => log.warn({ err: error.message }, 'ports were not noted'))
  }

  const refreshOnce = oneAtATime(refresh)
  const refreshSoon = (): void => void refreshOnce()
  const noteOnce = oneAtATime(note)
  const noteSoon = (): void => void noteOnce()
  const timers = [setInterval(refreshSoon, everyMs), setInterval(noteSoon, beatMs), setInterval(() => servers.forEach((server) => server.tick()), 1000)]
  const unsubscribe = subscribe((_, hints) => {
    if (hints.some(({ topic }) => topic === 'instrument' || topic === '*')) refreshSoon()
  })
  await refreshOnce()
  await noteOnce()

  return {
    async close() {
      closing = true
      unsubscribe()
      for (const timer of timers) clearInterval(timer)
      await refreshOnce()
      const open = [...servers]
      servers.clear()
      for (const [port] of open) unserved.add(port)
      await Promise.all(open.map(([, server]) => server.close()))
      await noteOnce()
      await inbox.close()
      await locks.close()
    },
  }
}

/** Runs are never side by side; whoever asks during one gets one more, that begins after it. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null
  let next: Promise<void> | null = null
  const start = (): Promise<void> => (running = work().finally(() => { running = null }))
  return () => {
    if (!running) return start()
    next ??= running.then(() => {
      next = null
      return start()
    })
    return next
  }
}

/** Why a port cannot be listened on, for lab staff to read. */
function whyNot({ code, message }: NodeJS.ErrnoException, port: number): string {
  if (code === 'EADDRINUSE') return `Another program on this machine uses port ${port} already`
  if (code === 'EACCES') return `This system may not listen on port ${port}`
  return code === 'EADDRNOTAVAIL' ? 'This machine does not have the address that it should listen at (DEVICES_HOST)' : message
}
