import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import type { DownloadOptions, UploadConditions } from './index.ts'
import { UploadRefused } from './upload-refused.ts'

/** What one posted form may do: this key, type and size, once, until then (ms since 1970). */
export interface UploadGrant extends Omit<UploadConditions, 'seconds'> {
  id: string
  until: number
}

/** What one link shows, until then (ms since 1970). */
export interface DownloadGrant extends Omit<DownloadOptions, 'seconds'> {
  key: string
  until: number
}

type Purpose = 'upload' | 'download'

/** Signs and reads what this server allows to whoever holds it: upload forms and download links. */
export class Grants {
  readonly #secret: string

  constructor(secret: string) {
    this.#secret = secret
  }

  /** The fields of a form; as in S3, the policy is signed as it is written and names every field there may be. */
  uploadFields({ key, contentType, size, seconds }: UploadConditions): { fields: Record<string, string>; until: number } {
    const grant: UploadGrant = { id: randomUUID(), key, contentType, size, until: Date.now() + seconds * 1000 }
    const policy = Buffer.from(JSON.stringify(grant)).toString('base64url')
    return { fields: { key, 'Content-Type': contentType, policy, signature: this.#sign('upload', policy) }, until: grant.until }
  }

  /** What the posted fields allow; throws {@link UploadRefused} when they are not exactly those of a form that still holds. */
  readUpload(fields: ReadonlyMap<string, string>): UploadGrant {
    const grant = this.#read<UploadGrant>('upload', fields.get('policy') ?? '', fields.get('signature') ?? '')
    if (!grant || fields.size !== 4 || fields.get('key') !== grant.key) throw new UploadRefused('form_refused')
    if (fields.get('Content-Type') !== grant.contentType) throw new UploadRefused('type_refused')
    return grant
  }

  link(key: string, { seconds, fileName, contentType, disposition = 'inline' }: DownloadOptions): string {
    const grant: DownloadGrant = { key, fileName: fileName.toWellFormed(), contentType, disposition, until: Date.now() + seconds * 1000 }
    const text = Buffer.from(JSON.stringify(grant)).toString('base64url')
    return `${text}.${this.#sign('download', text)}`
  }

  /** What a link shows; null when it was tampered with or has expired. */
  readLink(signed: string): DownloadGrant | null {
    const [text = '', signature = '', ...more] = signed.split('.')
    return more.length === 0 ? this.#read('download', text, signature) : null
  }

  #read<T extends { until: number }>(purpose: Purpose, text: string, signature: string): T | null {
    const given = Buffer.from(signature)
    const right = Buffer.from(this.#sign(purpose, text))
    if (given.length !== right.length || !timingSafeEqual(given, right)) return null
    const grant = JSON.parse(Buffer.from(text, 'base64url').toString()) as T
    return grant.until > Date.now() ? grant : null
  }

  #sign(purpose: Purpose, text: string): string {
    return createHmac('sha256', this.#secret).update(`objects:${purpose}:${text}`).digest('base64url')
  }
}
