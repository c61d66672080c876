import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { theConfig } from '../config/index.ts'

/**
 * Whether a request comes from the storage's own functions: `X-Lambda-Token` is CRON_SIGNING_KEY. Compared in constant time, whatever the lengths;
 * nobody is let in where no key is set.
 */
export function hasStorageToken({ 'x-lambda-token': given }: IncomingHttpHeaders): boolean {
  const { lambdaToken } = theConfig()
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(typeof given === 'string' ? given : ''), digest(lambdaToken ?? '')) && lambdaToken !== null
}
