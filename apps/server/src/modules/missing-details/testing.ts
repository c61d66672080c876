import type { MissingDetail } from '@aliquot/contracts'
import type { Actor } from '#platform/auth'
import { change, read } from '#platform/unit-of-work'
import { listDetails, type DetailFilters } from './list-details.ts'
import { saveConfiguration } from './save-configuration.ts'

interface Watched {
  disabled?: boolean
  blocksRelease?: boolean
}

/** Watches `patients.phone` and the like with a placeholder. */
export const watch = (actor: Actor, field: `${'patients' | 'billing'}.${string}`, fieldValue: string, { disabled, blocksRelease }: Watched = {}) => {
  const [fieldModule, fieldName = ''] = field.split('.') as ['patients' | 'billing', string]
  return change(actor, (tx) => saveConfiguration(tx, [{
    fieldModule, fieldName, fieldValue, ...(disabled === undefined ? {} : { isDisabled: disabled }),
    ...(blocksRelease === undefined ? {} : { blocksRelease }),
  }]))
}

/** Everything that the actor's list shows of these filters. */
export const detailsOf = async (actor: Actor, filters: DetailFilters = {}): Promise<MissingDetail[]> =>
  (await read(actor, (db) => listDetails(db, actor.labId, { limit: 200, ...filters }))).items
