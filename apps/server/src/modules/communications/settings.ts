import type { BodyOf, MessageSettings, updateMessageSettings as contract } from '@aliquot/contracts'
import { sql } from 'kysely'
import { platformErrors } from '#platform/errors'
import type { Reader, Tx } from '#platform/unit-of-work'

/** Nobody is reached at night or without having agreed, until the lab says otherwise. */
const defaults: Omit<MessageSettings, 'version'> = {
  quietFrom: '21:00', quietTo: '08:00', withoutConsent: 'withhold', countryCode: '+91', mostPerHour: 10, linkDays: 30, linkAsksBirthDate: true,
}

export async function messageSettings(db: Reader): Promise<MessageSettings> {
  const { rows: [row] } = await sql<{ version: number; values: Partial<MessageSettings> }>`
    select version, values from communications.setting`.execute(db as never)
  return { ...defaults, ...row?.values, version: row?.version ?? 0 }
}

export async function updateMessageSettings(tx: Tx, { version, ...given }: BodyOf<typeof contract>): Promise<MessageSettings> {
  const { rows: [row] } = await sql<{ version: number }>`
    insert into communications.setting as s (lab_id, values) select ${tx.actor.labId}, ${JSON.stringify(given)}::jsonb where ${version} = 0
    on conflict (lab_id) do nothing returning version`.execute(tx.db)
  const { rows: [changed] } = row ? { rows: [row] } : await sql<{ version: number }>`
    update communications.setting set version = version + 1, values = values || ${JSON.stringify(given)}::jsonb where version = ${version}
    returning version`.execute(tx.db)
  if (!changed) throw platformErrors.stale_version({ thing: 'setting' })
  tx.record('communications.settings_changed', { id: tx.actor.labId }, { fields: Object.keys(given).join(', ') })
  return messageSettings(tx.reader)
}
