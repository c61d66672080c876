import type { S3Config } from '../config/index.ts'

/** A request to the S3-compatible store that failed: what was asked, of which bucket and key, and why; no keys of ours, no headers. */
export class ObjectStoreError extends Error {
  /** The store's own word for it (`NoSuchBucket`), or the network's (`ECONNREFUSED`). */
  readonly code: string

  constructor(message: string, code: string) {
    super(message)
    this.name = 'ObjectStoreError'
    this.code = code
  }
}

interface SdkError {
  name?: string
  message?: string
  code?: string
  $metadata?: { httpStatusCode?: number }
}

export const statusOf = (error: unknown): number | undefined => (error as SdkError).$metadata?.httpStatusCode

const codeOf = (error: unknown): string => {
  const { name, code } = error as SdkError
  return code ?? (name && name !== 'Error' ? name : undefined) ?? `HTTP ${statusOf(error) ?? 'error'}`
}

/** The SDK's error as ours. It is not kept as the cause: its fields repeat parts of the signed request. */
export function storeError(error: unknown, action: string, { bucket, accessKeyId, secretAccessKey }: S3Config, key: string | null): ObjectStoreError {
  if (error instanceof ObjectStoreError) return error
  const code = codeOf(error)
  const message = ((error as SdkError).message ?? '').replaceAll(secretAccessKey, '…').replaceAll(accessKeyId, '…')
  const what = key === null ? `bucket ${bucket}` : `${key} in bucket ${bucket}`
  return new ObjectStoreError(`Cannot ${action} ${what}: ${message && message !== code ? `${code}, ${message}` : code}`, code)
}

const advice: Readonly<Record<string, string>> = {
  NoSuchBucket: 'there is no such bucket: create it, or correct S3_BUCKET',
  InvalidAccessKeyId: 'S3_ACCESS_KEY_ID is not known there',
  SignatureDoesNotMatch: 'S3_SECRET_ACCESS_KEY is not the one of S3_ACCESS_KEY_ID',
  AccessDenied: 'these keys may not list it: docs/object-storage.md has the rights that are needed',
  PermanentRedirect: 'it is in another region: correct S3_REGION',
  AuthorizationHeaderMalformed: 'it is in another region: correct S3_REGION',
  RequestTimeTooSkewed: 'the clocks of this machine and of the store differ',
}
const silence = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ETIMEDOUT', 'ECONNRESET', 'TimeoutError']

/** What to change so that the bucket can be used. */
export function explain(error: unknown, config: S3Config): ObjectStoreError {
  const code = codeOf(error)
  const where = config.endpoint ?? `Amazon S3 in ${config.region}`
  const why = silence.includes(code) ? `nothing answers at ${where} (${code}): correct S3_ENDPOINT` : advice[code]
  return why ? new ObjectStoreError(`The bucket ${config.bucket} cannot be used: ${why}.`, code) : storeError(error, 'use', config, null)
}
