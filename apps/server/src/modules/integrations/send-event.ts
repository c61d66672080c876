import { sql } from 'kysely'
import { theConfig } from '#platform/config'
import { platformErrors, Problem } from '#platform/errors'
import { OutboundError, sendOutbound, signatureOf } from '#platform/outbound'
import { unseal } from '#platform/secrets'
import { now, type Reader } from '#platform/unit-of-work'
import { openHeaders, sealContext } from './partner-row.ts'
import { safeBody, safeHeaders } from './redact.ts'

/** What sending to a partner takes, secrets opened. Kept in memory for one job only. */
export interface Recipient {
  id: number
  name: string
  url: string
  secrets: string[]
  headers: { name: string; value: string }[]
  hidePersonal: boolean
  timeoutSeconds: number
  attempts: number
  firstDelaySeconds: number
  retryOn: string[]
}

/** One request and its answer, as the log keeps them. `trouble` is null when the partner answered 2xx. */
export interface Said {
  at: Date
  milliseconds: number
  url: string
  requestHeaders: Record<string, string>
  requestBody: string
  status: number | null
  answerHeaders: Record<string, string>
  answerBody: string
  trouble: string | null
}

export async function recipientOf(db: Reader, labId: number, partnerId: number): Promise<Recipient> {
  const { rows: [row] } = await sql<Omit<Recipient, 'headers'> & { headers: string }>`
    select id, name, url, secrets, headers, hide_personal as "hidePersonal", timeout_seconds as "timeoutSeconds", attempts,
      first_delay_seconds as "firstDelaySeconds", retry_on as "retryOn" from integrations.partner where id = ${partnerId}`.execute(db as never)
  if (!row) throw platformErrors.not_found({ thing: 'partner' })
  return { ...row, secrets: row.secrets.map((secret) => unseal(secret, sealContext(labId))), headers: openHeaders(row.headers, labId) }
}

/** Sends one event, signed with every valid secret. Never throws for what the partner or the network does: that is what it answers. */
export async function sendEvent(to: Recipient, event: { id: string; action: string }, body: string): Promise<Said> {
  const at = now()
  const headers = {
    'content-type': 'application/json', 'user-agent': 'Aliquot', 'aliquot-event': event.action, 'aliquot-event-id': event.id, 'idempotency-key': event.id,
    'aliquot-signature': signatureOf(body, at, ...to.secrets), ...Object.fromEntries(to.headers.map(({ name, value }) => [name.toLowerCase(), value])),
  }
  const began = performance.now()
  const said = await answerOf(to, headers, body)
  return {
    at, milliseconds: Math.round(performance.now() - began), url: to.url,
    requestHeaders: safeHeaders(headers, new Set(to.headers.map(({ name }) => name.toLowerCase()))), requestBody: safeBody(body, to.hidePersonal), ...said,
  }
}

async function answerOf(to: Recipient, headers: Record<string, string>, body: string): Promise<Pick<Said, 'status' | 'answerHeaders' | 'answerBody' | 'trouble'>> {
  try {
    const { status, headers: answerHeaders, body: answerBody } = await sendOutbound({ url: to.url, headers, body, timeoutMs: to.timeoutSeconds * 1000, allowedHosts: theConfig().outboundHosts })
    const trouble = status >= 200 && status < 300 ? null : `HTTP ${status}`
    return { status, answerHeaders: safeHeaders(answerHeaders, new Set()), answerBody: safeBody(answerBody, to.hidePersonal), trouble }
  } catch (error) {
    if (!(error instanceof OutboundError) && !(error instanceof Problem)) throw error
    return { status: null, answerHeaders: {}, answerBody: '', trouble: error.message }
  }
}
