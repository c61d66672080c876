import { randomUUID } from 'node:crypto'
import { CreateBucketCommand, DeleteBucketCorsCommand, PutBucketCorsCommand } from '@aws-sdk/client-s3'
import type { S3Config } from '../config/index.ts'
import type { UploadForm } from './index.ts'
import { corsRules } from './s3-browsers.ts'
import { openClient } from './s3-client.ts'

/** Makes the bucket of a test's own store. */
export async function createBucket(config: S3Config): Promise<void> {
  await openClient(config, config.endpoint).send(new CreateBucketCommand({ Bucket: config.bucket }))
}

/** Lets pages of `publicUrl` in; null: nobody's. */
export async function setCors(config: S3Config, publicUrl: string | null): Promise<void> {
  const client = openClient(config, config.endpoint)
  if (publicUrl === null) await client.send(new DeleteBucketCorsCommand({ Bucket: config.bucket }))
  else await client.send(new PutBucketCorsCommand({ Bucket: config.bucket, CORSConfiguration: { CORSRules: corsRules(publicUrl) } }))
}

/** One part of a posted form: a field, or a file where `fileName` is given. */
export interface FormPart {
  name: string
  value: string | Buffer
  fileName?: string
}

export const fileOf = (value: Buffer): FormPart => ({ name: 'file', value, fileName: 'scan.pdf' })
export const partsOf = ({ fields }: Pick<UploadForm, 'fields'>, file: Buffer): FormPart[] =>
  [...Object.entries(fields).map(([name, value]) => ({ name, value })), fileOf(file)]

/** A multipart body, part by part as given: unlike FormData it also says what no browser would. */
export function multipart(parts: FormPart[]): { body: Buffer; headers: Record<string, string> } {
  const boundary = `----form-${randomUUID()}`
  const pieces = parts.flatMap(({ name, value, fileName }) => {
    const file = fileName === undefined ? '' : `; filename="${fileName}"\r\nContent-Type: application/octet-stream`
    return [`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`, value, '\r\n']
  })
  const body = Buffer.concat([...pieces, `--${boundary}--\r\n`].map((piece) => Buffer.from(piece)))
  return { body, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } }
}

/** Posts a form as it is given. */
export async function post(url: string, parts: FormPart[]): Promise<{ status: number; code: string }> {
  const answer = await fetch(url, { method: 'POST', ...multipart(parts) })
  const text = await answer.text()
  return { status: answer.status, code: /<Code>(\w+)<|"code":"([\w.]+)"/.exec(text)?.slice(1).find((found) => found) ?? '' }
}
