import { HoldReason, MessageKind, MessageState, ResultState } from '@aliquot/contracts'
import { day, filterSet, flag, id, manyOf, oneOf, text } from '../../platform/url-state.ts'

export const instrumentFilters = filterSet({ disabled: flag })

/** Named as the server's queries name them. Nothing chosen: what waits to be released. */
export const queueFilters = filterSet({ q: text, state: oneOf(ResultState.enum), reason: oneOf(HoldReason.enum), instrumentId: id })

export const messageFilters = filterSet({ q: text, state: manyOf(MessageState.enum), kind: manyOf(MessageKind.enum), instrumentId: id, from: day, to: day })

export const lotFilters = filterSet({ instrumentId: id, disabled: flag })
export const chartFilters = filterSet({ from: day, to: day })
