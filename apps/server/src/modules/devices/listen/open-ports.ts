import type { DeviceProfile, DeviceProtocol } from '@aliquot/contracts'
import { lookup } from '#platform/db'

export interface PortInstrument {
  id: number
  code: string
  /** Addresses that it comes from; none: any that no other instrument of the port claims. */
  peers: string[]
  profileVersionId: number
  definition: DeviceProfile
}

/** A port as it should be served: of one lab, with at least one instrument. */
export interface PortPlan {
  port: number
  labId: number
  instruments: PortInstrument[]
}

export const openPorts = async (): Promise<PortPlan[]> =>
  (await lookup<{ port: number; lab_id: number; instruments: PortInstrument[] }>('select port, lab_id, instruments from devices.open_ports()'))
    .map(({ port, lab_id: labId, instruments }) => ({ port, labId, instruments }))

/** The protocol that all instruments of the port speak; null where they differ. */
export function protocolOf({ instruments }: PortPlan): DeviceProtocol | null {
  const [first, ...others] = new Set(instruments.map(({ definition }) => definition.protocol))
  return first !== undefined && others.length === 0 ? first : null
}

export interface PortNote {
  port: number
  listening: boolean
  trouble: string | null
  connections: number
}

/** Says how ports are, and by whom they are held: a sign of life too. */
export async function notePorts(holder: string, notes: PortNote[]): Promise<void> {
  if (notes.length === 0) return
  await lookup(`
    select devices.note_port(port, $1, listening, trouble, connections)
    from jsonb_to_recordset($2) as note(port integer, listening boolean, trouble text, connections integer)`, [holder, JSON.stringify(notes)])
}
