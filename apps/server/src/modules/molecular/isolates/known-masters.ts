import { sql } from 'kysely'
import type { Reader } from '#platform/unit-of-work'

export interface KnownMasters {
  /** By WHONET code, code and name, in lower case. The lab's own go before the defaults. */
  organisms: Map<string, { id: number; name: string; species: string }>
  antibiotics: Map<string, { id: number; name: string }>
}

/** By what names files may call the masters of the lab. One statement. */
export async function knownMasters(db: Reader): Promise<KnownMasters> {
  const { rows } = await sql<{ kind: string; id: number; name: string; species: string; names: string[]; own: boolean }>`
    select 'organism' as kind, id, name, species, array[name, code, whonet_code] as names, not is_default as own from molecular.lab_organism
    union all select 'antibiotic', id, name, '', array[name, code, whonet_code], not is_default from molecular.lab_antibiotic
    order by own, id desc`.execute(db as never)
  const known: KnownMasters = { organisms: new Map(), antibiotics: new Map() }
  for (const { kind, id, name, species, names } of rows) {
    for (const key of names.filter((text) => text !== '').map((text) => text.toLowerCase())) {
      if (kind === 'organism') known.organisms.set(key, { id, name, species })
      else known.antibiotics.set(key, { id, name })
    }
  }
  return known
}
