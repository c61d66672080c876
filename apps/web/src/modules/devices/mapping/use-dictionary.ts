import { listParameters, type DictionaryEntry } from '@aliquot/contracts'
import { useSession } from '../../../platform/index.ts'
import { useAllPages } from '../use-all-pages.ts'

/** Every parameter of the catalogue, so that choosing one needs no waiting. */
export function useDictionary(): readonly DictionaryEntry[] {
  const { can } = useSession()
  return useAllPages(listParameters, { query: { limit: 200 } }, { enabled: can('catalog.view'), live: ['test'] }).rows
}
