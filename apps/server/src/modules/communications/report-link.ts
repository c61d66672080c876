import type { ReportLink } from '@aliquot/contracts'
import { sql } from 'kysely'
import { labProfile } from '#modules/labs'
import { patientOf } from '#modules/patients'
import { printReportPdf, reportFacts } from '#modules/reports'
import { systemActor, type Actor } from '#platform/auth'
import { lookup } from '#platform/db'
import { change, now, read, type Reader } from '#platform/unit-of-work'
import { messageErrors } from './errors.ts'
import { linkOf } from './link-token.ts'

const mostWrong = 5
const lockedFor = 15 * 60_000

interface LinkRow {
  deliveryId: number
  patientId: number
  reportIds: number[]
  expiresAt: Date
  askBirthDate: boolean
  wrongTries: number
  lockedUntil: Date | null
}

/** Whoever holds a link acts for nobody else: it may print, and only what is signed. */
async function holderOf(token: string): Promise<{ actor: Actor; deliveryId: number }> {
  const deliveryId = linkOf(token)
  const [found] = deliveryId === null ? [] : await lookup<{ lab_id: number | null }>('select communications.lab_of_link($1) as lab_id', [deliveryId])
  if (deliveryId === null || !found?.lab_id) throw messageErrors.link_invalid()
  return { actor: { ...systemActor(Number(found.lab_id), 'Recipient'), kind: 'public', permissions: new Set(['reports.print']) }, deliveryId }
}

async function linkRow(db: Reader, deliveryId: number, lock = false): Promise<LinkRow> {
  const { rows: [row] } = await sql<LinkRow>`
    select l.delivery_id as "deliveryId", l.patient_id as "patientId", d.report_ids as "reportIds", l.expires_at as "expiresAt",
      l.ask_birth_date as "askBirthDate", l.wrong_tries as "wrongTries", l.locked_until as "lockedUntil"
    from communications.report_link l join communications.delivery d on d.id = l.delivery_id where l.delivery_id = ${deliveryId}
    ${lock ? sql`for update of l` : sql``}`.execute(db as never)
  if (!row) throw messageErrors.link_invalid()
  return row
}

/** What stands behind a link, without a word about the patient or the results. An amended report is behind it again once it is signed. */
export async function getReportLink(token: string): Promise<ReportLink> {
  const { actor, deliveryId } = await holderOf(token)
  const lab = await labProfile(actor.labId)
  const { link, ready } = await read(actor, async (db) => {
    const row = await linkRow(db, deliveryId)
    const reports = await reportFacts(db, { reportIds: row.reportIds })
    return { link: row, ready: reports.every(({ status }) => status === 'signed') }
  })
  return {
    labName: lab.name, labPhone: lab.phone, asksBirthDate: link.askBirthDate, expiresAt: link.expiresAt.toISOString(), reports: link.reportIds.length,
    state: link.expiresAt <= now() ? 'expired' : link.lockedUntil && link.lockedUntil > now() ? 'locked' : ready ? 'ready' : 'being_revised',
  }
}

/**
 * The reports behind a link as they are issued now. A wrong birth date counts, and after five the link rests for a quarter of an hour: whoever finds a
 * telephone does not guess.
 */
export async function openReportLink(token: string, { birthDate }: { birthDate?: string }): Promise<{ bytes: Uint8Array; numbers: string[] }> {
  const { actor, deliveryId } = await holderOf(token)
  const refusal = await change(actor, async (tx) => {
    const link = await linkRow(tx.reader, deliveryId, true)
    if (link.expiresAt <= tx.now) throw messageErrors.link_expired()
    if (link.lockedUntil && link.lockedUntil > tx.now) throw messageErrors.link_locked()
    const reports = await reportFacts(tx.reader, { reportIds: link.reportIds })
    if (reports.length === 0 || reports.some(({ status }) => status !== 'signed')) throw messageErrors.being_revised()
    const subject = { id: deliveryId, patientId: link.patientId }
    if (link.askBirthDate && birthDate !== (await patientOf(tx.reader, link.patientId)).birthDate) {
      const wrong = link.wrongTries + 1
      const locked = wrong >= mostWrong ? new Date(tx.now.getTime() + lockedFor) : null
      await sql`
        update communications.report_link set wrong_tries = ${locked ? 0 : wrong}, locked_until = ${locked} where delivery_id = ${deliveryId}`.execute(tx.db)
      tx.record('communications.link_refused', subject)
      // Answered after the commit: the count must stay.
      return messageErrors.birth_date_wrong()
    }
    await sql`
      update communications.report_link set opened = opened + 1, last_opened_at = ${tx.now}, wrong_tries = 0 where delivery_id = ${deliveryId}`.execute(tx.db)
    for (const report of reports) tx.record('communications.report_viewed', report)
    tx.hint('delivery', deliveryId)
    return null
  })
  if (refusal) throw refusal
  const { reportIds } = await read(actor, (db) => linkRow(db, deliveryId))
  const { bytes, printed } = await printReportPdf(actor, reportIds)
  return { bytes, numbers: printed.map(({ number }) => number) }
}
