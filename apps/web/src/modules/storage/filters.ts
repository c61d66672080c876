import { FileCategory, ObjectState } from '@aliquot/contracts'
import { filterSet, flag, id, manyOf, text } from '../../platform/url-state.ts'

/** Named as the ledger's query names them. */
export const storageFilters = filterSet({
  q: text, state: manyOf(ObjectState.enum), category: manyOf(FileCategory.enum), refused: flag, patientId: id,
})

/** The entry that is open beside the list: `?object=12`. */
export const openedObject = filterSet({ object: id })

export const parseStorageSearch = (search: Record<string, unknown>) => ({ ...storageFilters.parse(search), ...openedObject.parse(search) })
