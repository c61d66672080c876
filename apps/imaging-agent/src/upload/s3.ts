import { sidecarKey } from '@aliquot/contracts'
import { HeadObjectCommand, PutObjectCommand, S3Client, type S3ServiceException } from '@aws-sdk/client-s3'
import { hash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { S3Settings } from '../config/settings.ts'
import { Away } from '../run/away.ts'
import { Refused } from '../server/ask.ts'
import type { Addressed } from '../state/images.ts'
import type { BucketDriver } from './bucket.ts'

/** A client that adds no checksums of its own: stores other than Amazon's refuse them or keep them as part of the object. */
export const openClient = ({ endpoint, region, bucket, accessKeyId, secretAccessKey, pathStyle }: S3Settings): S3Client => new S3Client({
  region, ...(endpoint && { endpoint }), credentials: { accessKeyId, secretAccessKey }, forcePathStyle: pathStyle || bucket.includes('.'),
  requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED', maxAttempts: 3,
  requestHandler: { connectionTimeout: 5000, socketTimeout: 60_000 },
})

/** The bucket, written with the clinic's own credentials. Beside an image that has a name goes that name, for who lists the bucket. */
export function ownCredentials(settings: S3Settings): BucketDriver {
  const client = openClient(settings)
  const at = (key: string) => ({ Bucket: settings.bucket, Key: key })

  const isThere = async ({ key, size, sha256 }: Addressed): Promise<boolean> => {
    try {
      const { ContentLength, Metadata } = await client.send(new HeadObjectCommand(at(key)))
      return ContentLength === size && Metadata?.sha256 === sha256
    } catch (error) {
      // Who may put but not list is told 403 of what is missing.
      if ([403, 404].includes((error as S3ServiceException).$metadata?.httpStatusCode ?? 0)) return false
      throw failure(error, settings)
    }
  }
  const put = async ({ key, name, sha256 }: Addressed, size: number, body: Buffer | Readable): Promise<void> => {
    if (name) await client.send(new PutObjectCommand({ ...at(sidecarKey(key)), Body: JSON.stringify({ name }), ContentType: 'application/json' }))
    await client.send(new PutObjectCommand({
      ...at(key), Body: body, ContentLength: size, ContentType: 'application/dicom', Metadata: { sha256 },
        ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
      // Older stores look at this checksum only.
      ...(Buffer.isBuffer(body) && { ContentMD5: hash('md5', body, 'base64') }),
    }))
  }
  return {
    page: 100,
    prepare: async (images) => {
      const sends: Awaited<ReturnType<BucketDriver['prepare']>> = []
      // Only what was begun before can be there: its key has the hash of its bytes.
      for (const image of images) {
        sends.push(image.attempts > 0 && await isThere(image) ? null : (size, body) =>
          put(image, size, body).catch((error: unknown) => { throw failure(error, settings) }))
      }
      return sends
    },
    close: () => client.destroy(),
  }
}

/** What a store says, for people; a wrong key or bucket is put right in the settings or at the store, and then work goes on. */
export function failure(error: unknown, { bucket }: S3Settings): Away | Refused {
  const { name, message, $metadata } = error as S3ServiceException
  const status = $metadata?.httpStatusCode ?? 0
  if (['EntityTooLarge', 'BadDigest', 'InvalidDigest'].includes(name)) return new Refused(status, name, message)
  const advice: Record<string, string> = {
    NoSuchBucket: `There is no bucket ${bucket}.`, InvalidAccessKeyId: 'The access key id is not known.',
      SignatureDoesNotMatch: 'The secret access key is not right.',
    AccessDenied: `These credentials may not write to ${bucket}.`,
  }
  return new Away('bucket', advice[name] ?? `The bucket cannot be written: ${message || name}`)
}
