import type { BodyOf, MessageTemplate, Page, QueryOf, TemplateText, createTemplate as createContract, listTemplates as listContract,
  updateTemplate as updateContract } from '@aliquot/contracts'
import { sql, type RawBuilder } from 'kysely'
import { platformErrors } from '#platform/errors'
import { decodeCursor, pageOf } from '#platform/http'
import type { Reader, Tx } from '#platform/unit-of-work'
import { messageErrors } from './errors.ts'
import { faultsOf } from './fill-template.ts'

async function select(db: Reader, condition: RawBuilder<unknown>, most: number): Promise<MessageTemplate[]> {
  const { rows } = await sql<MessageTemplate>`
    select t.id, t.version, t.name, t.channel, t.scope, t.texts, t.disabled,
      (select count(*) from communications.trigger g where g.lab_id = t.lab_id and t.id = any (g.template_ids)) as triggers
    from communications.template t where ${condition} order by t.name, t.id limit ${most}`.execute(db as never)
  return rows
}

export async function listTemplates(db: Reader, { cursor, limit = 50, disabled, channel, scope }: QueryOf<typeof listContract>): Promise<Page<MessageTemplate>> {
  const after = decodeCursor(cursor, 'text', 'id')
  const rows = await select(db, sql`true ${disabled === undefined ? sql`` : sql`and t.disabled = ${disabled}`}
    ${channel ? sql`and t.channel = ${channel}` : sql``} ${scope ? sql`and t.scope = ${scope}` : sql``}
    ${after ? sql`and (t.name, t.id) > (${after[0]}, ${after[1]})` : sql``}`, limit + 1)
  return pageOf(rows, limit, ({ name, id }) => [name, id])
}

/** Templates by id, in no particular order; those of other labs are not among them. */
export const templatesOf = (db: Reader, ids: readonly number[]): Promise<MessageTemplate[]> =>
  select(db, sql`t.id = any (${[...ids]}::bigint[])`, ids.length)

async function one(db: Reader, id: number): Promise<MessageTemplate> {
  const [template] = await select(db, sql`t.id = ${id}`, 1)
  if (!template) throw platformErrors.not_found({ thing: 'template' })
  return template
}

/** Refuses placeholders that are not known, a language twice, and an e-mail without a subject; all at once, with positions. */
export function checkTexts({ channel, scope, texts }: Pick<MessageTemplate, 'channel' | 'scope'> & { texts: readonly TemplateText[] }): void {
  const errors = texts.flatMap((text, index) => {
    const at = `/texts/${index}`
    return [
      ...faultsOf(scope, text).map((fault) => ({
        path: fault.field === 'parameters' ? `${at}/whatsapp/parameters/${fault.at}` : `${at}/${fault.field}`,
        message: `at character ${fault.field === 'parameters' ? 1 : fault.at + 1}: ${fault.text} ${fault.message}`, code: 'communications.unknown_placeholder',
      })),
      ...(texts.findIndex(({ language }) => language === text.language) < index
        ? [{ path: `${at}/language`, message: 'is there twice', code: 'communications.language_twice' }] : []),
      ...(text.body.trim() === '' ? [{ path: `${at}/body`, message: 'is needed', code: 'platform.required' }] : []),
      ...(channel === 'email' && !text.subject?.trim() ? [{ path: `${at}/subject`, message: 'is needed for an e-mail', code: 'platform.required' }] : []),
    ]
  })
  if (errors.length > 0) throw messageErrors.template_wrong({}, { errors })
}

export async function createTemplate(tx: Tx, body: BodyOf<typeof createContract>): Promise<MessageTemplate> {
  checkTexts(body)
  const { rows: [row] } = await sql<{ id: number; name: string }>`
    insert into communications.template (lab_id, name, channel, scope, texts)
    values (${tx.actor.labId}, ${body.name}, ${body.channel}, ${body.scope}, ${JSON.stringify(body.texts)}) returning id, name`.execute(tx.db)
  const made = row ?? { id: 0, name: '' }
  tx.record('communications.template_created', made)
  return one(tx.reader, made.id)
}

export async function updateTemplate(tx: Tx, id: number, { version, ...given }: BodyOf<typeof updateContract>): Promise<MessageTemplate> {
  const { rows: [locked] } = await sql<{ version: number }>`select version from communications.template where id = ${id} for update`.execute(tx.db)
  if (!locked) throw platformErrors.not_found({ thing: 'template' })
  if (locked.version !== version) throw platformErrors.stale_version({ thing: 'template' })
  const next = { ...(await one(tx.reader, id)), ...given }
  checkTexts(next)
  await sql`
    update communications.template set version = version + 1, name = ${next.name}, channel = ${next.channel}, scope = ${next.scope},
      texts = ${JSON.stringify(next.texts)}, disabled = ${next.disabled} where id = ${id}`.execute(tx.db)
  tx.record('communications.template_changed', { id, name: next.name }, { fields: Object.keys(given).join(', ') })
  return one(tx.reader, id)
}
