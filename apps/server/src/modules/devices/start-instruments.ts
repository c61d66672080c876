import type { DeviceProfile } from '@aliquot/contracts'
import { answerFor, noteOrders, takeOrders } from './answer-for.ts'
import { startListeners, type ListenerOptions, type Listeners } from './listen/start-listeners.ts'
import { matchesSender } from './read/read-message.ts'

/** How much of a message is looked at to see that it asks for orders: a query is short. */
const enough = 16_384

/** A cheap look, on the way of every message: a segment or record that only queries have. */
function isQuery({ protocol, query }: DeviceProfile, bytes: Uint8Array): boolean {
  if (!query) return false
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(enough, bytes.length)).toString('latin1')
  if (protocol !== 'hl7') return /(?:^|[\r\n])Q[^A-Za-z0-9]/.test(text)
  return (query.dialect === 'hl7_orm' ? /^MSH[^\r\n]*ORM/ : /[\r\n](?:QRD|QPD)[^A-Za-z0-9]/).test(text)
}

/** Listens for the instruments of all labs, until it is closed. */
export const startInstruments = (url: string, options: ListenerOptions): Promise<Listeners> =>
  startListeners(url, { matchesSender, isQuery, answerFor, takeOrders, noteOrders }, options)
