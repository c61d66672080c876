import type { Readable } from 'node:stream'
import type { Settings } from '../config/settings.ts'
import type { Addressed } from '../state/images.ts'
import type { Refused } from '../server/ask.ts'
import { serverForms } from './forms.ts'

/** Sends the bytes of one image; resolves when the bucket has them all. Throws `Away` or `Refused`. */
export type Send = (size: number, body: Buffer | Readable) => Promise<void>

/** Where images go. */
export interface BucketDriver {
  /** How many images one preparation takes at most. */
  readonly page: number
  /** How each image is sent, in order: null where the bucket has it already. Throws `Away`. */
  prepare(images: readonly Addressed[]): Promise<(Send | Refused | null)[]>
  close(): void
}

export const openBucket = async ({ bucket, server, clinicId }: Pick<Settings, 'bucket' | 'server' | 'clinicId'>): Promise<BucketDriver> => {
  if (bucket.kind === 's3') return (await import('./s3.ts')).ownCredentials(bucket)
  if (!server) throw new Error('Forms are signed by a server, and none is named')
  return serverForms(server, clinicId)
}
