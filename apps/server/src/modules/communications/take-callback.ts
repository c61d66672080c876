import { sql } from 'kysely'
import { systemActor } from '#platform/auth'
import { theConfig } from '#platform/config'
import { lookup } from '#platform/db'
import { change, now, read, type Tx } from '#platform/unit-of-work'
import type { Callback, Receipt } from './drivers/driver.ts'
import { drivers } from './drivers/index.ts'
import { messageErrors } from './errors.ts'
import { withoutSecrets } from './hand-over.ts'
import { accountById, type OpenedAccount } from './providers.ts'

/** A provider says what became of messages. What is not proven to be its own words changes nothing; the same words again change nothing more. */
export async function takeCallback(callbackKey: string, { path, headers, body }: { path: string } & Pick<Callback, 'headers' | 'body'>): Promise<void> {
  const [found] = await lookup<{ lab_id: number; provider_id: number }>('select * from communications.lab_of_callback($1)', [callbackKey])
  if (!found) throw messageErrors.callback_refused()
  const labId = Number(found.lab_id)
  const actor = systemActor(labId, 'Provider')
  const account = await read(actor, (db) => accountById(db, labId, Number(found.provider_id)))
  const receipts = drivers[account.driver].receipts({ url: theConfig().publicUrl + path, headers, body, now: now() }, account)
  if (!receipts) throw messageErrors.callback_refused()
  const wanted = receipts.slice(0, mostReceipts)
  if (wanted.length > 0) await change({ ...actor, name: account.name }, (tx) => note(tx, wanted, account))
}

const mostReceipts = 1000

async function note(tx: Tx, receipts: Receipt[], account: OpenedAccount): Promise<void> {
  const rows = receipts.map(({ key, messageId, state, words }, place) => ({ key, message_id: messageId, state, words: withoutSecrets(words, account, ''), place }))
  // The last word on each message counts; "delivered" is never taken back.
  const { rows: changed } = await sql<{ id: number; patientId: number | null; recipient: string; state: string; words: string }>`
    with told as (
      select distinct on (d.id) d.id, r.state, r.words
      from jsonb_to_recordset(${JSON.stringify(rows)}) as r(key text, message_id text, state text, words text, place int)
        join communications.delivery d on d.lab_id = ${tx.actor.labId} and d.provider_id = ${account.id}
          and (d.key = r.key or d.provider_message_id = r.message_id)
      where d.state in ('sending', 'sent') or (d.state = 'failed' and d.reason = 'bounced' and r.state = 'delivered')
      order by d.id, r.state = 'delivered' desc, r.place desc
    ), noted as (
      insert into communications.attempt (lab_id, delivery_id, started_at, ended_at, driver, outcome, answer)
      select ${tx.actor.labId}, id, ${tx.now}, ${tx.now}, ${account.driver}, case state when 'delivered' then 'accepted' else 'refused' end, words from told)
    update communications.delivery d set state = told.state, reason = case told.state when 'failed' then 'bounced' end,
      delivered_at = case told.state when 'delivered' then ${tx.now}::timestamptz end, sent_at = coalesce(sent_at, ${tx.now})
    from told where told.id = d.id
    returning d.id, d.patient_id as "patientId", d.recipient_name as recipient, told.state, told.words`.execute(tx.db)
  for (const { state, words, ...delivery } of changed) {
    if (state === 'delivered') tx.record('communications.delivered', delivery)
    else tx.record('communications.given_up', delivery, { answer: words })
  }
}
