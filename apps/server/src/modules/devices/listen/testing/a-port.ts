import { createServer, type AddressInfo } from 'node:net'
import type { DeviceProfile } from '@aliquot/contracts'
import type { TestDatabase } from '#platform/testing'

let made = 0

/** A port that nobody listens at. */
export const freePort = (): Promise<number> => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo
    server.close(() => resolve(port))
  })
})

export interface PortInLab {
  port: number
  labId: number
  instrumentIds: number[]
}

/** A port with an instrument for each profile. */
export async function aPort({ rows }: TestDatabase, labId: number, instruments: { definition: DeviceProfile; peers?: string[] }[], port?: number): Promise<PortInLab> {
  const number = port ?? await freePort()
  await rows('insert into devices.port (port, lab_id) values ($1, $2)', [number, labId])
  const instrumentIds: number[] = []
  for (const { definition, peers = [] } of instruments) {
    const code = `I${++made}`
    const [profile] = await rows<{ id: number }>('insert into devices.profile (lab_id, name) values ($1, $2) returning id', [labId, code])
    await rows(`insert into devices.profile_version (lab_id, profile_id, version, definition, note, at, by) values ($1, $2, 1, $3, '', now(), '{}')`,
      [labId, profile?.id, JSON.stringify(definition)])
    const [instrument] = await rows<{ id: number }>(`
      insert into devices.instrument (lab_id, code, name, model, serial, profile_id, port, peers, mappings, auto_release, auto_complete, auto_verify, delta_percent)
      values ($1, $2, $2, '', '', $3, $4, $5, '[]', false, false, false, 20) returning id`, [labId, code, profile?.id, number, peers])
    instrumentIds.push(instrument?.id ?? 0)
  }
  return { port: number, labId, instrumentIds }
}

export interface StoredMessage {
  id: number
  control_id: string | null
  state: string
  detail: string | null
  copies: number
  text: string
  answer: string | null
  instrument_id: number | null
  peer: string
}

/** What the port has received, in order; bytes as Latin-1. */
export const messagesAt = ({ rows }: TestDatabase, port: number): Promise<StoredMessage[]> => rows<StoredMessage>(`
  select id, control_id, state, detail, copies, instrument_id, peer, convert_from(bytes, 'LATIN1') as text, convert_from(answer, 'LATIN1') as answer
  from devices.message where port = $1 order by id`, [port])
