import type { SourceSettings } from '../config/settings.ts'

/** A row of Sidexis' Patient. A patient id may have several rows in exports of merged practices: their cards are a list. */
export interface PatientRow {
  patientId: number
  cardId: string | null
  lastName: string
  firstName: string
  /** `1985-03-12` */
  birthDate: string | null
  isDeleted: boolean
}

/** A row of Sidexis' MediaBase; `imageId` is what the file is called by. */
export interface ImageRow {
  imageId: number
  patientId: number | null
  name: string | null
  isDeleted: boolean
  isHidden: boolean
  isOutsourced: boolean
}

export interface CardOwner {
  cardId: string
  patientId: number
}

/** The practice's own records, read-only. Lists hold at most {@link mostIds} ids; a source that cannot be reached throws `Away`. */
export interface Source {
  patients(ids: readonly number[]): Promise<PatientRow[]>
  images(ids: readonly number[]): Promise<ImageRow[]>
  /** Who has these cards, deleted patients left out. */
  cardOwners(cardIds: readonly string[]): Promise<CardOwner[]>
  /** How much there is: the test of the connection. */
  count(): Promise<{ patients: number; withCard: number; images: number }>
  close(): Promise<void>
}

/** SQL Server takes 2,100 parameters. */
export const mostIds = 500

/** Each kind is loaded only where it is used. */
export const openSource = async (settings: SourceSettings, data: string): Promise<Source> => (settings.kind === 'sql'
  ? (await import('./sql-server.ts')).openSqlServer(settings)
  : (await import('./exports.ts')).openExports(settings, data))
