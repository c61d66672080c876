import { thePool } from '../db/index.ts'
import { log } from '../log/index.ts'
import type { Hint } from './index.ts'
import { theBroadcaster } from './pusher.ts'

export const channel = 'aliquot_hints'
const gatherFor = 15
const maxHintsPerLab = 200

let waiting = new Map<number, Map<string, Hint>>()
let timer: NodeJS.Timeout | null = null
let sending: Promise<void> = Promise.resolve()

/**
 * Tells all processes, this one included, what a committed command changed. Hints of many commits share one NOTIFY: Postgres holds a
 * database-wide lock from NOTIFY to the end of its transaction, which inside every command would make all commits queue (ADR 0005).
 */
export function publish(labId: number, hints: Hint[]): void {
  if (hints.length === 0) return
  const lab = waiting.get(labId) ?? new Map<string, Hint>()
  waiting.set(labId, lab)
  for (const hint of hints) lab.set(`${hint.topic}:${hint.id}`, hint)
  timer ??= setTimeout(flush, gatherFor)
}

function flush(): void {
  timer = null
  const batch = waiting
  waiting = new Map()
  const payloads = [...batch].flatMap(([lab, hints]) => pack(lab, [...hints.values()]))
  sending = sending.then(() => send(payloads)).then(() => broadcast(payloads))
}

/** NOTIFY carries at most 8,000 bytes. A long list of one topic becomes "any of this topic" (id 0). */
function pack(lab: number, hints: Hint[]): string[] {
  const byTopic = Map.groupBy(hints, (hint) => hint.topic)
  const pairs = [...byTopic].flatMap(([topic, of]) => (of.length > maxHintsPerLab ? [[topic, 0]] : of.map((hint) => [topic, hint.id])))
  const payloads: string[] = []
  for (let i = 0; i < pairs.length; i += maxHintsPerLab) payloads.push(JSON.stringify([lab, pairs.slice(i, i + maxHintsPerLab)]))
  return payloads
}

async function send(payloads: string[]): Promise<void> {
  try {
    await thePool().query('select pg_notify($1, p) from unnest($2::text[]) p', [channel, payloads])
  } catch (error) {
    log.warn({ err: (error as Error).message, lost: payloads.length }, 'hints were lost; screens refresh with their next request')
  }
}

/** Once for all processes, by the one whose commit it was. It names kinds and ids only, as NOTIFY does. */
async function broadcast(payloads: string[]): Promise<void> {
  const carrier = theBroadcaster()
  if (!carrier) return
  const messages = payloads.map((payload) => {
    const [labId, pairs] = JSON.parse(payload) as [number, [string, number][]]
    return { labId, hints: pairs.map(([topic, id]) => ({ topic, id })) }
  })
  try {
    await carrier.send(messages)
  } catch (error) {
    log.warn({ err: (error as Error).message, lost: payloads.length }, 'the Pusher server took no hints; screens refresh with their next request')
  }
}

/** Sends what still waits; called before the pool closes. */
export async function stopPublishing(): Promise<void> {
  if (timer) {
    clearTimeout(timer)
    flush()
  }
  await sending
}
