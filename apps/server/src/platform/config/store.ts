import { isAbsolute } from 'node:path'

/** An S3-compatible store. `endpoint` null: Amazon's own, by region. */
export interface S3Config {
  endpoint: string | null
  /** What browsers use where it differs from `endpoint`. */
  publicEndpoint: string | null
  region: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
  /** Bucket in the path rather than in the host's name. */
  pathStyle: boolean
}

/** Where clamd listens. */
export type ScannerAddress = { path: string } | { host: string; port: number }

const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/

/** S3_*: null when none is set; half a configuration is a problem, so that files never land on a disk by mistake. */
export function readS3(env: NodeJS.ProcessEnv, flag: (name: string, fallback: boolean) => boolean, problems: string[]): S3Config | null {
  const endpoint = readEndpoint('S3_ENDPOINT', env, problems)
  const publicEndpoint = readEndpoint('S3_PUBLIC_ENDPOINT', env, problems)
  const pathStyle = flag('S3_PATH_STYLE', endpoint !== null)
  const bucket = env.S3_BUCKET || ''
  if (!bucket) {
    const set = ['S3_ENDPOINT', 'S3_PUBLIC_ENDPOINT', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'].filter((name) => env[name])
    if (set.length > 0) problems.push(`${set.join(', ')} without S3_BUCKET: name the bucket, or unset the rest to keep files in ALIQUOT_DATA`)
    return null
  }
  if (!bucketName.test(bucket)) problems.push(`S3_BUCKET must be a bucket's name (3 to 63 of a-z, 0-9, "." and "-"), not "${bucket}"`)
  for (const name of ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY']) if (!env[name]) problems.push(`${name} is needed with S3_BUCKET`)
  return {
    endpoint, publicEndpoint, bucket, pathStyle,
    region: env.S3_REGION || 'us-east-1', accessKeyId: env.S3_ACCESS_KEY_ID || '', secretAccessKey: env.S3_SECRET_ACCESS_KEY || '',
  }
}

function readEndpoint(name: string, env: NodeJS.ProcessEnv, problems: string[]): string | null {
  const text = env[name]
  if (!text) return null
  const url = URL.parse(text)
  const plain = url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password
  // The text is not repeated: it may hold a password.
  if (!plain) problems.push(`${name} must be a web address without path, such as https://s3.example.org`)
  return plain ? url.origin : null
}

/** CLAMD: `host:port` or the path of a Unix socket; null: no scanner. */
export function readScanner(text: string | undefined, problems: string[]): ScannerAddress | null {
  if (!text) return null
  if (isAbsolute(text)) return { path: text }
  const [, bracketed, plain, port] = /^(?:\[([0-9a-fA-F:]+)\]|([^\s:/]+)):(\d{1,5})$/.exec(text) ?? []
  const host = bracketed ?? plain
  if (host && Number(port) > 0 && Number(port) < 65_536) return { host, port: Number(port) }
  problems.push(`CLAMD must be host:port or the path of a socket, not "${text}"`)
  return null
}

/** CRON_SIGNING_KEY: what the file converter must show. */
export function readLambdaToken(text: string | undefined, problems: string[]): string | null {
  if (text && text.length < 16) problems.push('CRON_SIGNING_KEY must have at least 16 characters')
  return text || null
}
