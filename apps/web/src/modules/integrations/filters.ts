import { PartnerEventState, IntegrationEvent } from '@aliquot/contracts'
import { day, filterSet, flag, id, oneOf } from '../../platform/url-state.ts'

export const partnerFilters = filterSet({ disabled: flag })
/** Named as the server's queries name them. */
export const deliveryFilters = filterSet({
  partnerId: id, state: oneOf(PartnerEventState.enum), action: oneOf(IntegrationEvent.enum), patientId: id, reportId: id, from: day, to: day,
})
export const requestFilters = filterSet({ endpointId: id, refused: flag, from: day, to: day })
