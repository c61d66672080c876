import { suitsEvent, type BodyOf, type MessageEvent, type MessageScope, type MessageTrigger, type Page, type QueryOf,
  type createTrigger as createContract, type listTriggers as listContract, type updateTrigger as updateContract } from '@aliquot/contracts'
import { sql, type RawBuilder } from 'kysely'
import { platformErrors, refuseIf, type FieldError } from '#platform/errors'
import { decodeCursor, pageOf } from '#platform/http'
import { listenTo, type Reader, type Tx } from '#platform/unit-of-work'
import type { UsedTemplate } from './compose.ts'
import { eventSpecs } from './events.ts'
import { templatesOf } from './templates.ts'

export interface TriggerTexts extends MessageTrigger {
  texts: UsedTemplate[]
}
type Row = Omit<MessageTrigger, 'templates'> & { templates: (MessageTrigger['templates'][number] & Pick<UsedTemplate, 'texts'>)[] }

async function select(db: Reader, condition: RawBuilder<unknown>, most: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select g.id, g.version, g.name, g.event, g.recipients, g.template_ids as "templateIds", g.attach_report as "attachReport",
      g.delay_minutes as "delayMinutes", g.breaks_quiet_hours as "breaksQuietHours", g.disabled,
      (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'channel', t.channel, 'disabled', t.disabled, 'texts', t.texts)
        order by array_position(g.template_ids, t.id)), '[]') from communications.template t where t.id = any (g.template_ids)) as templates
    from communications.trigger g where ${condition} order by g.name, g.id limit ${most}`.execute(db as never)
  return rows
}

const toTrigger = ({ templates, ...row }: Row): MessageTrigger => ({ ...row, templates: templates.map(({ texts: _, ...template }) => template) })

export async function listTriggers(db: Reader, { cursor, limit = 50, disabled }: QueryOf<typeof listContract>): Promise<Page<MessageTrigger>> {
  const after = decodeCursor(cursor, 'text', 'id')
  const rows = await select(db, sql`true ${disabled === undefined ? sql`` : sql`and g.disabled = ${disabled}`}
    ${after ? sql`and (g.name, g.id) > (${after[0]}, ${after[1]})` : sql``}`, limit + 1)
  const page = pageOf(rows, limit, ({ name, id }) => [name, id])
  return { ...page, items: page.items.map(toTrigger) }
}

/** The triggers that are on for these events, with the texts that they say now. */
export async function triggersOn(db: Reader, events: readonly MessageEvent[]): Promise<TriggerTexts[]> {
  const rows = await select(db, sql`not g.disabled and g.event = any (${[...events]}::text[])`, 100)
  return rows.map((row) => ({ ...row, texts: row.templates.filter(({ disabled }) => !disabled) }))
}

async function one(db: Reader, id: number): Promise<MessageTrigger> {
  const [row] = await select(db, sql`g.id = ${id}`, 1)
  if (!row) throw platformErrors.not_found({ thing: 'trigger' })
  return toTrigger(row)
}

type Fields = BodyOf<typeof createContract>

/** All that is wrong with a trigger; its templates must know what its event tells. */
export async function checkTrigger(db: Reader, { event, recipients, templateIds }: Pick<Fields, 'event' | 'recipients' | 'templateIds'>): Promise<void> {
  const templates = new Map((await templatesOf(db, templateIds)).map((template) => [template.id, template]))
  const errors = templateIds.flatMap((id, index): FieldError[] => {
    const template = templates.get(id)
    if (!template) return [{ path: `/templateIds/${index}`, message: 'names no template of this lab', code: 'platform.not_found' }]
    return suitsEvent(template.scope, event) ? [] : [{
      path: `/templateIds/${index}`, message: `"${template.name}" is about ${scopeWords[template.scope]}, which this event does not tell`,
      code: 'communications.wrong_scope',
    }]
  })
  if (templateIds.length === 0) errors.push({ path: '/templateIds', message: 'choose at least one', code: 'platform.required' })
  recipients.forEach(({ kind, phone, email }, index) => {
    if (kind === 'fixed' && !phone && !email) errors.push({ path: `/recipients/${index}/email`, message: 'give an e-mail address or a phone number', code: 'platform.required' })
  })
  refuseIf(errors)
}

const scopeWords: Record<MessageScope, string> = { patient: 'patients', order: 'orders', report: 'reports', bill: 'bills' }

export async function createTrigger(tx: Tx, body: Fields): Promise<MessageTrigger> {
  await checkTrigger(tx.reader, body)
  const { rows: [row] } = await sql<{ id: number; name: string }>`
    insert into communications.trigger (lab_id, name, event, recipients, template_ids, attach_report, delay_minutes, breaks_quiet_hours, disabled)
    values (${tx.actor.labId}, ${body.name}, ${body.event}, ${JSON.stringify(body.recipients)}, ${body.templateIds}::bigint[], ${body.attachReport},
      ${body.delayMinutes}, ${body.breaksQuietHours}, ${body.disabled}) returning id, name`.execute(tx.db)
  const made = row ?? { id: 0, name: '' }
  tx.record('communications.trigger_created', made)
  await listen(tx)
  return one(tx.reader, made.id)
}

export async function updateTrigger(tx: Tx, id: number, { version, ...given }: BodyOf<typeof updateContract>): Promise<MessageTrigger> {
  const { rows: [locked] } = await sql<{ version: number }>`select version from communications.trigger where id = ${id} for update`.execute(tx.db)
  if (!locked) throw platformErrors.not_found({ thing: 'trigger' })
  if (locked.version !== version) throw platformErrors.stale_version({ thing: 'trigger' })
  const next = { ...(await one(tx.reader, id)), ...given }
  await checkTrigger(tx.reader, next)
  await sql`
    update communications.trigger set version = version + 1, name = ${next.name}, event = ${next.event}, recipients = ${JSON.stringify(next.recipients)},
      template_ids = ${next.templateIds}::bigint[], attach_report = ${next.attachReport}, delay_minutes = ${next.delayMinutes},
      breaks_quiet_hours = ${next.breaksQuietHours}, disabled = ${next.disabled} where id = ${id}`.execute(tx.db)
  tx.record('communications.trigger_changed', { id, name: next.name }, { fields: Object.keys(given).join(', ') })
  await listen(tx)
  return one(tx.reader, id)
}

/** Jobs are queued for what some trigger of the lab waits for, and for nothing else. */
export async function listen(tx: Tx): Promise<void> {
  // One after the other: each sees what the one before it turned on.
  await sql`select pg_advisory_xact_lock(hashtextextended('communications triggers', ${tx.actor.labId}))`.execute(tx.db)
  const { rows } = await sql<{ event: MessageEvent }>`select distinct event from communications.trigger where not disabled`.execute(tx.db)
  await listenTo(tx, 'communications.expand_event', rows.map(({ event }) => eventSpecs[event].action))
}
