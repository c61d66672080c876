/** What a backup holds, written at its end: without it the file is not whole. */
export interface Manifest {
  format: number
  madeAt: string
  /** Applied to the database, in order. */
  migrations: { name: string; hash: string }[]
  tables: TableContent[]
  sequences: SequencePosition[]
  /** `bytes` and all that follows are of objects that are in the file; those of a bucket are not. */
  objects: Content & { store: 'disk' | 's3'; count: number }
}

export interface Content {
  bytes: number
  /** Hex, of all bytes one after the other. */
  sha256: string
}

export interface Table {
  schema: string
  name: string
  /** Those that have a value of their own, in order; computed ones do not. */
  columns: string[]
}

export interface TableContent extends Table, Content {
  rows: number
}

export interface SequencePosition {
  schema: string
  name: string
  /** As `create sequence` takes them: some are made while the system runs. */
  options: string
  last: number
  called: boolean
}

export const format = 1
export const manifestEntry = 'manifest.json'
export const objectsFolder = 'objects/'
export const nameOf = ({ schema, name }: { schema: string; name: string }): string => `${schema}.${name}`
export const tableFolder = (table: Table): string => `tables/${nameOf(table)}/`
