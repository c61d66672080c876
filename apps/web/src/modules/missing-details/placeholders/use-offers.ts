import { listMissingDetailsConfig, type MissingDetailsConfig, type MissingFieldModule } from '@aliquot/contracts'
import { useRouteQuery, useSession } from '../../../platform/index.ts'

/** The lab's placeholders for the fields of one kind of form. */
export function useOffers(module: MissingFieldModule): readonly MissingDetailsConfig[] {
  const { can } = useSession()
  const { data } = useRouteQuery(listMissingDetailsConfig, {}, { enabled: can('missing_details.view'), live: ['missing_field'], staleTime: 300_000 })
  return data?.items.filter(({ fieldModule, fieldName, entity, entityId }) =>
    fieldModule === module && fieldName !== 'birthDateEstimated' && (entity === null || entityId !== null)) ?? []
}
