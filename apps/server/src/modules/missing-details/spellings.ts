import { snake, type BothSpellings } from '@aliquot/contracts'

/** Members under both names: fieldName and field_name. */
export const twice = <V extends object>(values: V): BothSpellings<V> =>
  ({ ...values, ...Object.fromEntries(Object.entries(values).map(([name, value]) => [snake(name), value])) }) as BothSpellings<V>

type Camel<S extends string> = S extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : S
export type Camelled<V> = { [K in keyof V as K extends string ? Camel<K> : never]: V[K] }

/** Members under our names alone; where both are given, ours count. */
export function camelled<V extends object>(values: V): Camelled<V> {
  const ours = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
  return { ...Object.fromEntries(Object.entries(values).map(([name, value]) => [ours(name), value])), ...values } as unknown as Camelled<V>
}
