import type { ResponseOf, installTemplates as contract } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { Tx } from '#platform/unit-of-work'
import { defaultTemplates, defaultTriggers } from './defaults/templates.ts'
import { listen } from './triggers.ts'

/** Adds the templates and triggers that come with the system where none has their name. Triggers named in `on` are on, the others off. */
export async function installTemplates(tx: Tx, on: readonly string[] = []): Promise<ResponseOf<typeof contract>> {
  const { labId } = tx.actor
  const { rows: templates } = await sql<{ id: number; name: string }>`
    insert into communications.template (lab_id, name, channel, scope, texts)
    select ${labId}, name, channel, scope, texts
    from jsonb_to_recordset(${JSON.stringify(defaultTemplates)}) as t(name text, channel text, scope text, texts jsonb)
    on conflict do nothing returning id, name`.execute(tx.db)
  const wanted = defaultTriggers.map(({ recipients, delayMinutes, breaksQuietHours, templates: names, ...trigger }) => ({
    ...trigger, recipients: recipients.map((kind) => ({ kind })), delay: delayMinutes, breaks: breaksQuietHours, names, disabled: !on.includes(trigger.name),
  }))
  const { rows: triggers } = await sql<{ id: number; name: string }>`
    insert into communications.trigger (lab_id, name, event, recipients, template_ids, attach_report, delay_minutes, breaks_quiet_hours, disabled)
    select ${labId}, g.name, g.event, g.recipients,
      array(select t.id from communications.template t where t.name = any (g.names) order by array_position(g.names, t.name::text)),
      false, g.delay, g.breaks, g.disabled
    from jsonb_to_recordset(${JSON.stringify(wanted)}) as g(name text, event text, recipients jsonb, names text[], delay integer, breaks boolean,
      disabled boolean)
    on conflict do nothing returning id, name`.execute(tx.db)
  for (const template of templates) tx.record('communications.template_created', template)
  for (const trigger of triggers) tx.record('communications.trigger_created', trigger)
  await listen(tx)
  return { templates: templates.length, triggers: triggers.length }
}
