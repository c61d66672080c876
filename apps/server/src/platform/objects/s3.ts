import { createHash, hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { S3Config } from '../config/index.ts'
import { writePart } from './disk-files.ts'
import { dispositionHeader } from './disposition.ts'
import type { DownloadOptions, ListedObject, ObjectHead, ObjectStore, UploadConditions, UploadForm } from './index.ts'
import { checkKey } from './key.ts'
import { letsIn, originOf } from './s3-browsers.ts'
import { explain, ObjectStoreError, statusOf, storeError } from './s3-error.ts'

const attempts = 3

interface Upload {
  size: number
  sha256: string
  md5: string
  contentType: string
  /** Called anew for each attempt. */
  open(): Readable | Buffer
}

/** Objects in a bucket of Amazon S3 or of a store that speaks the same. Browsers send and fetch the bytes past this server. */
export class S3Store implements ObjectStore {
  readonly kind = 's3'
  readonly origin: string
  readonly #config: S3Config
  readonly #publicUrl: string
  #clients: ReturnType<typeof openClients> | null = null

  constructor(config: S3Config, publicUrl: string) {
    this.#config = config
    this.#publicUrl = publicUrl
    this.origin = originOf(config)
  }

  async put(key: string, body: Readable | Buffer, { contentType }: { contentType: string }): Promise<ObjectHead & { sha256: string }> {
    checkKey(key)
    if (Buffer.isBuffer(body)) {
      return this.#put(key, { size: body.length, sha256: hash('sha256', body), md5: hash('md5', body, 'base64'), contentType, open: () => body })
    }
    // S3 wants the length and the checksums before the bytes, and a failed attempt needs them again.
    const { file, size, sha256 } = await writePart(join(tmpdir(), 'aliquot-parts'), body)
    try {
      const md5 = createHash('md5')
      await pipeline(createReadStream(file), md5)
      return await this.#put(key, { size, sha256, md5: md5.digest('base64'), contentType, open: () => createReadStream(file) })
    } finally {
      await rm(file, { force: true })
    }
  }

  async get(key: string): Promise<Readable | null> {
    return this.#read(key)
  }

  async getStart(key: string, bytes: number): Promise<Buffer | null> {
    const body = await this.#read(key, `bytes=0-${bytes - 1}`)
    return body && (await buffer(body)).subarray(0, bytes)
  }

  async head(key: string): Promise<ObjectHead | null> {
    const { own, sdk } = await this.#open()
    try {
      const { ContentLength: size = 0, ETag: etag = '', Metadata } = await own.send(new sdk.HeadObjectCommand(this.#at(key)))
      return { size, etag: bare(etag), sha256: Metadata?.sha256 ?? null }
    } catch (error) {
      if (statusOf(error) !== 404) throw storeError(error, 'look at', this.#config, key)
      // The answer to a HEAD has no body that tells a missing object from a missing bucket.
      await own.send(new sdk.HeadBucketCommand({ Bucket: this.#config.bucket })).catch((cause: unknown) => {
        throw storeError(cause, 'find', this.#config, null)
      })
      return null
    }
  }

  async remove(key: string): Promise<void> {
    const { own, sdk } = await this.#open()
    await own.send(new sdk.DeleteObjectCommand(this.#at(key))).catch((error: unknown) => { throw storeError(error, 'remove', this.#config, key) })
  }

  async *list(prefix: string): AsyncIterable<ListedObject> {
    const { own, sdk } = await this.#open()
    try {
      for await (const { Contents = [] } of sdk.paginateListObjectsV2({ client: own }, { Bucket: this.#config.bucket, Prefix: prefix })) {
        for (const { Key: key = '', Size: size = 0, LastModified: modifiedAt = new Date(0) } of Contents) yield { key, size, modifiedAt }
      }
    } catch (error) {
      throw storeError(error, 'list', this.#config, null)
    }
  }

  async uploadForm({ key, contentType, size, seconds }: UploadConditions): Promise<UploadForm> {
    const { browsers, sdk } = await this.#open()
    const expiresAt = new Date(Date.now() + seconds * 1000).toISOString()
    // The fields are conditions, each `eq`; so is the key.
    const { url, fields } = await sdk.createPresignedPost(browsers, {
      Bucket: this.#config.bucket, Key: checkKey(key), Expires: seconds,
      Fields: { 'Content-Type': contentType, success_action_status: '204' },
      Conditions: [['content-length-range', size, size]],
    })
    return { url, fields, expiresAt }
  }

  async downloadUrl(key: string, { seconds, fileName, contentType, disposition = 'inline' }: DownloadOptions): Promise<string> {
    const { browsers, sdk } = await this.#open()
    const answer = { ResponseContentType: contentType, ResponseContentDisposition: dispositionHeader(disposition, fileName) }
    return sdk.getSignedUrl(browsers, new sdk.GetObjectCommand({ ...this.#at(key), ...answer }), { expiresIn: seconds })
  }

  async ready(): Promise<void> {
    const { own, sdk } = await this.#open()
    const { bucket } = this.#config
    await own.send(new sdk.ListObjectsV2Command({ Bucket: bucket, MaxKeys: 1 })).catch((error: unknown) => { throw explain(error, this.#config) })
    const { url } = await this.uploadForm({ key: 'ready', contentType: 'text/plain', size: 0, seconds: 60 })
    const { origin } = new URL(this.#publicUrl)
    if (await letsIn(url, origin)) return
    throw new ObjectStoreError(`The bucket ${bucket} takes no uploads from browsers at ${origin}: `
      + 'give it the CORS rules of docs/object-storage.md.', 'CORS')
  }

  async #put(key: string, { size, sha256, md5, contentType, open }: Upload): Promise<ObjectHead & { sha256: string }> {
    const { own, sdk } = await this.#open()
    for (let attempt = 1; ; attempt++) {
      const Body = open()
      try {
        // With Content-MD5 the store refuses bytes that changed on their way; every S3-compatible store knows it.
        const { ETag: etag = '' } = await own.send(new sdk.PutObjectCommand({
          ...this.#at(key), Body, ContentLength: size, ContentMD5: md5, ContentType: contentType, Metadata: { sha256 },
        }))
        return { size, sha256, etag: bare(etag) }
      } catch (error) {
        // The SDK repeats a request by itself only when its body is a buffer.
        const again = !Buffer.isBuffer(Body) && attempt < attempts && (statusOf(error) ?? 500) >= 500
        if (!again) throw storeError(error, 'store', this.#config, key)
      } finally {
        if (!Buffer.isBuffer(Body)) Body.destroy()
      }
    }
  }

  async #read(key: string, range?: string): Promise<Readable | null> {
    const { own, sdk } = await this.#open()
    try {
      const { Body } = await own.send(new sdk.GetObjectCommand({ ...this.#at(key), ...(range ? { Range: range } : {}) }))
      return Body as Readable
    } catch (error) {
      if ((error as Error).name === 'NoSuchKey') return null
      // Nothing begins in an empty object.
      if (statusOf(error) === 416) return Readable.from([])
      throw storeError(error, 'read', this.#config, key)
    }
  }

  #at(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.#config.bucket, Key: checkKey(key) }
  }

  #open(): ReturnType<typeof openClients> {
    this.#clients ??= openClients(this.#config)
    return this.#clients
  }
}

/** The SDK is loaded with the first request: it takes 0.1 s, which whoever keeps files on the disk need not spend. */
async function openClients(config: S3Config) {
  const { openClient, sdk } = await import('./s3-client.ts')
  const own = openClient(config, config.endpoint)
  return { sdk, own, browsers: config.publicEndpoint ? openClient(config, config.publicEndpoint) : own }
}

const bare = (etag: string): string => etag.replaceAll('"', '')
