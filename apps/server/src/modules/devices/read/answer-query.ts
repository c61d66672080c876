import type { DeviceProfile } from '@aliquot/contracts'
import { answerAstm, ordersAstm } from './answer-astm.ts'
import { answerHl7, ordersHl7 } from './answer-hl7.ts'
import type { Clock, HostOrder } from './host-order.ts'

export type { HostOrder } from './host-order.ts'

type Zone = Pick<Clock, 'timeZone'>

/**
 * The host's answer to a query, in the profile's dialect and the query's own delimiters and character set; a sample without orders is said as the
 * profile has it. None where the profile does not say how. Over HL7 these messages take the place of the acknowledgement. Throws RangeError or
 * Hl7Error where a sample id or code cannot be said in the character set; letters of names that it lacks go without their accents, or as `?`.
 */
export const answerQuery = (
  definition: DeviceProfile, query: Uint8Array, orders: readonly HostOrder[], at: Date, { timeZone }: Zone = { timeZone: 'UTC' },
): Uint8Array[] => {
  if (!definition.query || definition.protocol === 'astm_unframed') return []
  const answer = definition.protocol === 'hl7' ? answerHl7 : answerAstm
  return answer(definition, definition.query, query, orders, { at, timeZone })
}

/** Orders that the host downloads of its own accord: one ASTM message, or an HL7 message for each sample. Orders without codes are left out. */
export const ordersMessage = (
  definition: DeviceProfile, orders: readonly HostOrder[], at: Date, { timeZone }: Zone = { timeZone: 'UTC' },
): Uint8Array[] => {
  if (!definition.query || definition.protocol === 'astm_unframed') return []
  const download = definition.protocol === 'hl7' ? ordersHl7 : ordersAstm
  return download(definition, definition.query, orders, { at, timeZone })
}
