import type { Antibiotic, Gene, Organism, QueryOf, listGenes as route } from '@aliquot/contracts'
import { systemActor } from '#platform/auth'
import { cached } from '#platform/cache'
import { platformErrors } from '#platform/errors'
import { decodeCursor, pageOf, type Page } from '#platform/http'
import { read, type Reader } from '#platform/unit-of-work'
import { selectAntibiotics, selectGenes, selectOrganisms } from './select-masters.ts'

/** All masters of a lab, disabled ones too. Shared by all who ask: never change it. */
export interface Masters {
  gene: Gene[]
  antibiotic: Antibiotic[]
  organism: Organism[]
}
export type Kind = keyof Masters
export type MasterOf<K extends Kind> = Masters[K][number]

/**
 * Each kind shows something of the two others, so a change of any evicts all of the lab: genes take their organisms with them, and the
 * other way round.
 */
const masters = cached<Kind, Masters[Kind]>({
  name: 'molecular.masters', ttl: 600_000, topics: ['gene', 'antibiotic', 'organism', 'target_mapping'],
  load: (labId, kind) => read<Masters[Kind]>(systemActor(labId, 'masters'), (db) => select[kind](db)),
})

const select: { [K in Kind]: (db: Reader, id?: number) => Promise<Masters[K]> } = {
  gene: selectGenes, antibiotic: selectAntibiotics, organism: selectOrganisms,
}

/** All masters of a kind, from the cache: genes and organisms by name, antibiotics in the order of an antibiogram. */
export const mastersOf = <K extends Kind>(labId: number, kind: K): Promise<Masters[K]> => masters(labId, kind) as Promise<Masters[K]>

/** Masters that changed here are read again here at once; other processes hear of it by hint. */
export const forgetMasters = (labId: number): Promise<void> => masters.forget(labId)

/** One master as it is now. */
export async function oneMaster<K extends Kind>(db: Reader, kind: K, id: number): Promise<MasterOf<K>> {
  const [found] = await select[kind](db, id)
  if (!found) throw platformErrors.not_found({ thing: kind })
  return found
}

/** One page of a lab's masters. They are few (some hundred), so a page is long and comes from the cache. */
export async function listMasters<K extends Kind>(
  labId: number, kind: K, { cursor, limit = 1000, is_disabled: disabled = 0, q = '' }: QueryOf<typeof route>,
): Promise<Page<MasterOf<K>>> {
  const after = decodeCursor(cursor, 'id')
  const all: MasterOf<K>[] = await mastersOf(labId, kind)
  const from = after ? all.findIndex(({ id }) => id === after[0]) + 1 : 0
  const words = folded(q).split(' ').filter(Boolean)
  const fits = (master: MasterOf<K>) => master.is_disabled === (disabled === 1) && words.every((word) => textOf(master).includes(word))
  return pageOf(all.slice(from).filter(fits), limit, ({ id }) => [id])
}

const textOf = (master: Gene | Antibiotic | Organism): string => folded([
  master.name, master.code, 'gene_type' in master ? master.gene_type : `${master.category} ${master.whonet_code}`,
  'class' in master ? master.class : '', 'species' in master ? `${master.species} ${master.gram}` : '',
].join(' '))

const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim()
