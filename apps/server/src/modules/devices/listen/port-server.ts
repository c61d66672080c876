import { createServer, type Server } from 'node:net'
import type { DeviceProtocol } from '@aliquot/contracts'
import { log } from '#platform/log'
import { openConnection, type Connection, type Surroundings } from './connection.ts'
import type { LineLimits } from './conversation.ts'
import type { PortPlan } from './open-ports.ts'

export interface PortServer {
  plan: PortPlan
  readonly protocol: DeviceProtocol
  readonly connections: ReadonlySet<Connection>
  setReady(ready: boolean): void
  tick(): void
  close(): Promise<void>
}

interface Options extends Omit<Surroundings, 'plan' | 'limits'> {
  host: string
  plan: PortPlan
  times: Pick<LineLimits, 'messageMs' | 'answerMs' | 'silenceMs'>
  mostConnections: number
  changed(): void
}

/** Listens on the port; rejects where it cannot. A plan put in place of the first counts for what arrives from then on, limits for new connections. */
export async function openPortServer({ host, plan, times, mostConnections, changed, ...around }: Options): Promise<PortServer> {
  const connections = new Set<Connection>()

  const server = createServer({ allowHalfOpen: true }, (socket) => {
    if (connections.size >= mostConnections) {
      const gone = leastWanted(connections)
      if (!gone) {
        log.warn({ port: plan.port, peer: socket.remoteAddress }, 'refused a connection: there are as many as may be')
        return void socket.destroy()
      }
      gone.close('another needs its place')
    }
    const limits = { ...limitsOf(port.plan), ...times }
    const connection = openConnection(socket, { ...around, limits, plan: () => port.plan }, () => {
      connections.delete(connection)
      changed()
    })
    connections.add(connection)
    changed()
  })
  const port: PortServer = {
    plan,
    protocol: around.protocol,
    connections,
    setReady: (ready) => connections.forEach((each) => each.setReady(ready)),
    tick: () => connections.forEach((each) => each.tick()),
    close: () => new Promise((resolve) => {
      server.close(() => resolve())
      for (const each of connections) each.close('the port is given up')
    }),
  }
  await listening(server, plan.port, host)
  return port
}

/** A connection that never said anything worth storing gives way to a new one; one that did does not. */
function leastWanted(connections: ReadonlySet<Connection>): Connection | null {
  const unproven = [...connections].filter(({ proven }) => !proven)
  return unproven.reduce<Connection | null>((oldest, each) => (oldest && oldest.heardAt <= each.heardAt ? oldest : each), null)
}

/** Before anything is said, what any instrument of the port may do; what is tolerated, all of them must tolerate. */
function limitsOf({ instruments }: PortPlan): Pick<LineLimits, 'maxMessage' | 'frameText' | 'tolerate'> {
  const links = instruments.map(({ definition }) => definition.link)
  return {
    maxMessage: Math.max(...links.map(({ maxMessage }) => maxMessage)),
    frameText: Math.max(...links.map(({ frameText }) => frameText)),
    tolerate: { checksum: links.every(({ tolerateChecksum }) => tolerateChecksum), number: links.every(({ tolerateFrameNumber }) => tolerateFrameNumber) },
  }
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      server.on('error', (error) => log.error({ port, err: error.message }, 'a listener failed'))
      resolve()
    })
  })
}
