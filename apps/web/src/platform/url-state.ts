type Raw = Record<string, unknown>

/** How one search parameter is read from text. `undefined` means: not set, or not acceptable. */
export interface Kind<T> {
  read: (text: string[]) => T | undefined
}

export const text: Kind<string> = { read: ([first]) => first?.trim().slice(0, 200) || undefined }
export const flag: Kind<true> = { read: ([first]) => (first === 'true' || first === '1' ? true : undefined) }
/** A calendar day, `2026-11-21`. */
export const day: Kind<string> = {
  read: ([first]) => (first && /^\d{4}-\d{2}-\d{2}$/.test(first) && !Number.isNaN(Date.parse(first)) ? first : undefined),
}
/** A record's number. */
export const id: Kind<number> = { read: ([first]) => positive(first) }
export const ids: Kind<number[]> = { read: (all) => orNothing(all.map(positive).filter((n) => n !== undefined)) }

export function oneOf<const T extends string>(allowed: readonly T[]): Kind<T> {
  return { read: ([first]) => allowed.find((value) => value === first) }
}

export function manyOf<const T extends string>(allowed: readonly T[]): Kind<T[]> {
  return { read: (all) => orNothing(allowed.filter((value) => all.includes(value))) }
}

export type Kinds = Record<string, Kind<unknown>>
export type ValuesOf<K extends Kinds> = { [P in keyof K]?: K[P] extends Kind<infer T> ? T : never }

export interface FilterSet<K extends Kinds> {
  kinds: K
  /** For `validateSearch` of a route: keeps what is valid, drops the rest silently. */
  parse: (search: Raw) => ValuesOf<K>
}

/** The filters of one list, kept in the address so that a list can be bookmarked and sent to a colleague. */
export function filterSet<K extends Kinds>(kinds: K): FilterSet<K> {
  return {
    kinds,
    parse: (search) => {
      const values: Raw = {}
      for (const [name, kind] of Object.entries(kinds)) {
        const given = search[name]
        if (given === undefined || given === null) continue
        const value = kind.read((Array.isArray(given) ? given : [given]).map(String))
        if (value !== undefined) values[name] = value
      }
      return values as ValuesOf<K>
    },
  }
}

/** The values with some replaced; empty ones disappear. */
export function withFilter<V extends object>(values: V, change: Partial<Record<keyof V, unknown>>): V {
  const next = { ...values, ...change }
  return Object.fromEntries(Object.entries(next).filter(([, value]) => !isEmpty(value))) as V
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === false || (Array.isArray(value) && value.length === 0)
}

function positive(text: string | undefined): number | undefined {
  const value = Number(text)
  return Number.isSafeInteger(value) && value > 0 ? value : undefined
}

function orNothing<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined
}

/** The field of a form that an address asks to be mended: `?focus=phone`. */
export const focusSearch = filterSet({ focus: text })
