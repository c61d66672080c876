import type { Address } from './address.ts'

export interface SqlSettings {
  kind: 'sql'
  host: string
  instance: string | null
  port: number | null
  database: string
  user: string
  password: string
  encrypt: boolean
  trustCertificate: boolean
  readOnly: boolean
}
export type SourceSettings = SqlSettings | { kind: 'csv'; patients: string; mediabase: string }

export interface S3Settings {
  kind: 's3'
  endpoint: string | null
  region: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
  pathStyle: boolean
}
export type Bucket = { kind: 'server' } | S3Settings

/** Checked: the agent runs on exactly this. */
export interface Settings {
  data: string
  source: SourceSettings
  pdata: string
  resolver: Address
  /** Signs forms and is told of images; null: images are written with the clinic's own credentials and nobody is told. */
  server: Address | null
  clinicId: number
  bucket: Bucket
  settleMs: number
  /** bytes */
  largest: number
  scanMs: number
  uploads: number
  logLevel: string
}
