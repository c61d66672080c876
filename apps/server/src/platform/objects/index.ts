import type { Readable } from 'node:stream'
import type { Config } from '../config/index.ts'
import { DiskStore } from './disk.ts'
import { S3Store } from './s3.ts'

/** What is known of a stored object without reading it. */
export interface ObjectHead {
  /** In bytes. */
  size: number
  /** Changes when the bytes change; otherwise without meaning. */
  etag: string
  /** Hex. The disk always knows it; S3 only of what this server has put itself, never of a browser's upload. */
  sha256: string | null
}

/** A direct upload: a form that a browser posts to `url`, `fields` first, the file last under the name `file`. */
export interface UploadForm {
  url: string
  fields: Record<string, string>
  expiresAt: string
}

export interface UploadConditions {
  key: string
  contentType: string
  /** Exact, in bytes. */
  size: number
  seconds: number
}

export interface ListedObject {
  key: string
  size: number
  modifiedAt: Date
}

export interface DownloadOptions {
  seconds: number
  fileName: string
  contentType: string
  /** Default inline. */
  disposition?: 'inline' | 'attachment'
}

/** Bytes by key. Drivers: a folder of this machine, any S3-compatible store; one contract test holds both. */
export interface ObjectStore {
  readonly kind: 'disk' | 's3'
  /** Where browsers send and fetch bytes, for the content security policy. null: this server. */
  readonly origin: string | null
  /** Replaces what is there. The object appears whole or not at all. */
  put(key: string, body: Readable | Buffer, options: { contentType: string }): Promise<ObjectHead & { sha256: string }>
  get(key: string): Promise<Readable | null>
  /** At most the first `bytes` bytes; no more than those are read. */
  getStart(key: string, bytes: number): Promise<Buffer | null>
  head(key: string): Promise<ObjectHead | null>
  /** Removing what is absent is fine. */
  remove(key: string): Promise<void>
  /** All objects whose key begins with `prefix`, in the order of their keys (by bytes of UTF-8). */
  list(prefix: string): AsyncIterable<ListedObject>
  uploadForm(conditions: UploadConditions): Promise<UploadForm>
  /** A link that works without a session until it expires. */
  downloadUrl(key: string, options: DownloadOptions): Promise<string>
  /** Resolves when objects can be kept here; otherwise throws an error that says what to change. */
  ready(): Promise<void>
}

let store: ObjectStore | null = null

/** S3 when S3_BUCKET is set, else the disk. */
export function openObjects(config: Pick<Config, 'dataFolder' | 'secret' | 'publicUrl' | 's3'>): ObjectStore {
  store = config.s3 ? new S3Store(config.s3, config.publicUrl) : new DiskStore(config)
  return store
}

export function objects(): ObjectStore {
  if (!store) throw new Error('The object store is not open')
  return store
}

/** Puts another store in place: for tests that count bytes or fail at a step. */
export function useObjects(other: ObjectStore): void {
  store = other
}

export { DiskStore } from './disk.ts'
export { dispositionHeader } from './disposition.ts'
export { parseRange } from './range.ts'
export { UploadRefused } from './upload-refused.ts'
