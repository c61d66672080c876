import type { MessageChannel, MessageDriver, MessageEvent, RecipientKind } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { Tx } from '#platform/unit-of-work'
import type { OpenedAccount } from './providers.ts'

export interface DueDelivery {
  id: number
  channel: MessageChannel
  state: string
  event: MessageEvent | null
  recipientKind: RecipientKind
  recipient: string
  address: string | null
  patientId: number
  billId: number | null
  reportIds: number[]
  attachReport: boolean
  breaksQuietHours: boolean
  subject: string | null
  body: string
  whatsapp: { name: string; language: string; parameters: string[] } | null
  key: string
  nextAt: Date
  tries: number
}

export interface Claimed {
  delivery: DueDelivery & { address: string }
  attemptId: number
  driver: MessageDriver
  account: OpenedAccount | null
}

export async function lockDelivery(tx: Tx, id: number): Promise<DueDelivery | null> {
  const { rows: [row] } = await sql<DueDelivery>`
    select id, channel, state, event, recipient_kind as "recipientKind", recipient_name as recipient, address, patient_id as "patientId",
      bill_id as "billId", report_ids as "reportIds", attach_report as "attachReport", breaks_quiet_hours as "breaksQuietHours", subject, body, whatsapp,
      key, next_at as "nextAt", tries
    from communications.delivery where id = ${id} for update`.execute(tx.db)
  return row ?? null
}
