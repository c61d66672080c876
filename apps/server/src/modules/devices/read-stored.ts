import type { DeviceProfile } from '@aliquot/contracts'
import { readMessage, type ReadMessage } from './read/read-message.ts'
import { readHandedOver } from './handed-over.ts'

export interface StoredBytes {
  protocol: 'hl7' | 'astm' | 'astm_unframed' | 'json'
  bytes: Buffer
}

/** A message of the inbox, read as it is set up now: by the instrument's profile, or as an integration handed it over. */
export const readStored = ({ protocol, bytes }: StoredBytes, definition: DeviceProfile, timeZone: string): ReadMessage =>
  (protocol === 'json' ? readHandedOver(bytes) : readMessage(definition, bytes, { timeZone }))
