import { DeliveryState, MessageChannel, MessageEvent } from '@aliquot/contracts'
import { day, filterSet, id, manyOf, text } from '../../platform/url-state.ts'

/** Named as the list's query names them. */
export const deliveryFilters = filterSet({
  q: text, state: manyOf(DeliveryState.enum), channel: manyOf(MessageChannel.enum), event: manyOf(MessageEvent.enum), patientId: id, from: day, to: day,
})
