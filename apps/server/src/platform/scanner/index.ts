import { theConfig } from '../config/index.ts'
import { ask, instream } from './clamd.ts'

/** The scanner gave no verdict: it is down, slow, refused the size, or said something that is none. Never to be taken for clean. */
export class ScannerUnavailable extends Error {
  constructor(because: string) {
    super(`The virus scanner gave no verdict: ${because}`)
    this.name = 'ScannerUnavailable'
  }
}

export type Verdict = { clean: true } | { clean: false; found: string }

const pingPatience = 2000
/** A scan of 50 MB takes about a second; archives within archives take longer. */
const scanPatience = 120_000

/**
 * Has clamd look at the bytes. Throws {@link ScannerUnavailable} whenever there is no clear verdict on all of them. Only where no
 * scanner is configured are they taken as they are: {@link scannerState} then says `off`, and whoever shows files can say so.
 */
export async function scan(bytes: Uint8Array, patience = scanPatience): Promise<Verdict> {
  const { clamd } = theConfig()
  if (!clamd) return { clean: true }
  const answer = await ask(clamd, instream(bytes), patience).catch((error: Error) => { throw new ScannerUnavailable(error.message) })
  if (answer === 'stream: OK') return { clean: true }
  const [, found] = /^stream: (\S.*) FOUND$/.exec(answer) ?? []
  if (found) return { clean: false, found }
  throw new ScannerUnavailable(`it answered ${JSON.stringify(answer.slice(0, 200))}`)
}

/** `down`: configured, but it does not answer a PING within two seconds. */
export async function scannerState(): Promise<'off' | 'up' | 'down'> {
  const { clamd } = theConfig()
  if (!clamd) return 'off'
  return ask(clamd, [Buffer.from('zPING\0')], pingPatience).then((answer) => (answer === 'PONG' ? 'up' : 'down'), () => 'down')
}
