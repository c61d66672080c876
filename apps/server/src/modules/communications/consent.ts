import type { BodyOf, Consent, DeliveryReason, MessageChannel, MessageSettings, RecipientKind, setConsent as contract } from '@aliquot/contracts'
import { sql } from 'kysely'
import { patientOf } from '#modules/patients'
import { actorRef } from '#platform/auth'
import { platformErrors } from '#platform/errors'
import type { Reader, Tx } from '#platform/unit-of-work'
import { messageSettings } from './settings.ts'

export interface ConsentRow {
  version: number
  sms: boolean | null
  whatsapp: boolean | null
  email: boolean | null
  language: string | null
  at: Date
  by: { name: string }
}

/** What a patient said; null while nobody asked. */
export async function consentOf(db: Reader, patientId: number): Promise<ConsentRow | null> {
  const { rows: [row] } = await sql<ConsentRow>`
    select version, sms, whatsapp, email, language, at, by from communications.consent where patient_id = ${patientId}`.execute(db as never)
  return row ?? null
}

/** Why nothing may be sent to a patient on a channel. Others are reached in the course of their work. */
export function withheld(channel: MessageChannel, kind: RecipientKind, consent: ConsentRow | null, { withoutConsent }: MessageSettings): DeliveryReason | null {
  if (kind !== 'patient') return null
  const said = consent?.[channel] ?? null
  if (said === false) return 'refused_consent'
  return said === null && withoutConsent === 'withhold' ? 'no_consent' : null
}

export async function getConsent(db: Reader, patientId: number): Promise<Consent> {
  await patientOf(db, patientId)
  const { withoutConsent } = await messageSettings(db)
  const row = await consentOf(db, patientId)
  return {
    patientId, version: row?.version ?? 0, sms: row?.sms ?? null, whatsapp: row?.whatsapp ?? null, email: row?.email ?? null,
    language: row?.language ?? null, at: row?.at.toISOString() ?? null, by: row?.by.name ?? null, withoutConsent,
  }
}

/** Records what the patient said. Messages that wait ask again before they go out. */
export async function setConsent(tx: Tx, patientId: number, { version, sms, whatsapp, email, language }: BodyOf<typeof contract>): Promise<Consent> {
  const patient = await patientOf(tx.reader, patientId)
  const { rows: [row] } = await sql`
    insert into communications.consent as c (patient_id, lab_id, sms, whatsapp, email, language, at, by)
    values (${patientId}, ${tx.actor.labId}, ${sms}, ${whatsapp}, ${email}, ${language}, ${tx.now}, ${JSON.stringify(actorRef(tx.actor))})
    on conflict (patient_id) do update set version = c.version + 1, sms = excluded.sms, whatsapp = excluded.whatsapp, email = excluded.email,
      language = excluded.language, at = excluded.at, by = excluded.by where c.version = ${version}
    returning version`.execute(tx.db)
  if (!row) throw platformErrors.stale_version({ thing: 'consent' })
  const word = (said: boolean | null) => (said === null ? 'not asked' : said ? 'yes' : 'no')
  tx.record('communications.consent_set', patient, { answers: `SMS ${word(sms)}, WhatsApp ${word(whatsapp)}, e-mail ${word(email)}` })
  return getConsent(tx.reader, patientId)
}
