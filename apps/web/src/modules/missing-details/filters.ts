import { MissingFieldModule } from '@aliquot/contracts'
import { day, filterSet, id, oneOf, text } from '../../platform/url-state.ts'

/** Named as the server's query names them. Nothing chosen: what is missing. */
export const detailFilters = filterSet({
  state: oneOf(['open', 'confirmed', 'edited', 'withdrawn']), module: oneOf(MissingFieldModule.enum), field: text, organisationId: id, patientId: id,
  billId: id, from: day, to: day,
})
