import type { S3Config } from '../config/index.ts'

/** The origin of the addresses that browsers are given for a bucket. */
export function originOf({ endpoint, publicEndpoint, region, bucket, pathStyle }: S3Config): string {
  const url = new URL(publicEndpoint ?? endpoint ?? `https://s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`)
  return pathStyle || bucket.includes('.') ? url.origin : `${url.protocol}//${bucket}.${url.host}`
}

/**
 * Whether a browser with a page of `origin` open may post to `url`, asked as a browser asks before an upload with progress. A store
 * that this server cannot reach by its public address gets the benefit of the doubt.
 */
export async function letsIn(url: string, origin: string): Promise<boolean> {
  const headers = { Origin: origin, 'Access-Control-Request-Method': 'POST' }
  try {
    const answer = await fetch(url, { method: 'OPTIONS', headers, signal: AbortSignal.timeout(5000) })
    return ['*', origin].includes(answer.headers.get('access-control-allow-origin') ?? '')
  } catch {
    return true
  }
}

/** The CORS rules that a bucket needs, in the form of PutBucketCors: uploads and ranged reads by pages of ours, nobody else's. */
export const corsRules = (publicUrl: string) => [{
  AllowedOrigins: [new URL(publicUrl).origin],
  AllowedMethods: ['POST', 'GET', 'HEAD'],
  AllowedHeaders: ['*'],
  ExposeHeaders: ['ETag', 'Content-Length', 'Content-Range', 'Accept-Ranges'],
  MaxAgeSeconds: 3600,
}]
