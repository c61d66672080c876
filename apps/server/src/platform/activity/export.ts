import { Readable } from 'node:stream'
import type { ActivityEntry } from '@aliquot/contracts'
import type { Actor } from '../auth/actor.ts'
import { read } from '../unit-of-work/index.ts'
import { activityOf, type ActivityFilter } from './list.ts'

const pageSize = 1000
const columns = ['id', 'at', 'actor', 'actor_id', 'actor_kind', 'action', 'category', 'subject', 'subject_id', 'patient_id', 'message', 'detail', 'request_id', 'sealed']

/** All entries that pass the filter, newest first, as CSV (RFC 4180, UTF-8 with mark): read page by page as the other side takes them. */
export function activityCsv(actor: Actor, filter: Omit<ActivityFilter, 'cursor' | 'limit'>): Readable {
  return Readable.from(pages(actor, filter), { objectMode: false })
}

async function* pages(actor: Actor, filter: ActivityFilter): AsyncGenerator<string> {
  yield `\uFEFF${line(columns)}`
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: { items: ActivityEntry[]; next: string | null } = await read(actor, (db) => activityOf(db, { ...filter, limit: pageSize, ...(cursor ? { cursor } : {}) }))
    if (page.items.length > 0) yield page.items.map((entry) => line(fieldsOf(entry))).join('')
    cursor = page.next
  }
}

const fieldsOf = ({ actor, subject, ...entry }: ActivityEntry) => [
  entry.id, entry.at, actor.name, actor.id, actor.kind, entry.action, entry.category, subject.type, subject.id, entry.patientId, entry.message,
  entry.detail && JSON.stringify(entry.detail), entry.requestId, entry.sealed ? 'yes' : 'no',
]

const line = (fields: readonly (string | number | null)[]) => `${fields.map(cell).join(',')}\r\n`

/** A text that begins like a formula gets an apostrophe: spreadsheets would run it (OWASP, CSV injection). */
function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
