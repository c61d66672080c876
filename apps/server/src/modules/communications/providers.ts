import { driverFields, type BodyOf, type MessageChannel, type MessageProvider, type Page, type ProviderConfig, type ProviderSecrets, type QueryOf,
  type createProvider as createContract, type listProviders as listContract, type updateProvider as updateContract } from '@aliquot/contracts'
import { sql, type RawBuilder } from 'kysely'
import { theConfig } from '#platform/config'
import { platformErrors, refuseIf, type FieldError } from '#platform/errors'
import { decodeCursor, pageOf } from '#platform/http'
import { seal, unseal } from '#platform/secrets'
import type { Reader, Tx } from '#platform/unit-of-work'
import type { Account } from './drivers/driver.ts'

type Row = Pick<MessageProvider, 'id' | 'version' | 'name' | 'channel' | 'driver' | 'config' | 'inUse'> & { secrets: string; callbackKey: string }

async function select(db: Reader, condition: RawBuilder<unknown>, most: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select id, version, name, channel, driver, config, secrets, in_use as "inUse", callback_key as "callbackKey" from communications.provider
    where ${condition} order by name, id limit ${most}`.execute(db as never)
  return rows
}

const contextOf = (labId: number): string => `communications:provider:${labId}`
const opened = (labId: number, sealed: string): ProviderSecrets => JSON.parse(unseal(sealed, contextOf(labId))) as ProviderSecrets
const callbackUrl = (key: string): string => `${theConfig().publicUrl}/api/message-callbacks/${key}`

function toProvider(labId: number, { secrets, callbackKey, ...row }: Row): MessageProvider {
  const set = Object.entries(opened(labId, secrets)).flatMap(([name, value]) => (value ? [name as keyof ProviderSecrets] : []))
  return { ...row, secretsSet: set, callbackUrl: callbackUrl(callbackKey) }
}

export async function listProviders(db: Reader, labId: number, { cursor, limit = 50 }: QueryOf<typeof listContract>): Promise<Page<MessageProvider>> {
  const after = decodeCursor(cursor, 'text', 'id')
  const rows = await select(db, after ? sql`(name, id) > (${after[0]}, ${after[1]})` : sql`true`, limit + 1)
  const page = pageOf(rows, limit, ({ name, id }) => [name, id])
  return { ...page, items: page.items.map((row) => toProvider(labId, row)) }
}

async function oneRow(db: Reader, id: number): Promise<Row> {
  const [row] = await select(db, sql`id = ${id}`, 1)
  if (!row) throw platformErrors.not_found({ thing: 'provider' })
  return row
}

export interface OpenedAccount extends Account {
  driver: MessageProvider['driver']
  channel: MessageChannel
  name: string
}

const accountOf = (labId: number, { secrets, callbackKey, ...row }: Row): OpenedAccount =>
  ({ ...row, secrets: opened(labId, secrets), callbackUrl: callbackUrl(callbackKey), allowedHosts: theConfig().outboundHosts })

/** The account with its credentials, for its driver alone. */
export const accountById = async (db: Reader, labId: number, id: number): Promise<OpenedAccount> => accountOf(labId, await oneRow(db, id))

/** The account that a channel's messages go out by; null: the mailbox. */
export async function accountInUse(db: Reader, labId: number, channel: MessageChannel): Promise<OpenedAccount | null> {
  const [row] = await select(db, sql`in_use and channel = ${channel}`, 1)
  return row ? accountOf(labId, row) : null
}

type Given = Pick<Row, 'channel' | 'driver' | 'config'> & { secrets: ProviderSecrets }

function check({ channel, driver, config, secrets }: Given): void {
  const fields = driverFields[driver]
  const allowed = new Set<string>([...fields.needs, ...fields.takes])
  const errors: FieldError[] = [
    ...(fields.channels.includes(channel) ? [] : [{ path: '/channel', message: `is not one of ${fields.channels.join(', ')}`, code: 'communications.wrong_channel' }]),
    ...fields.needs.filter((name) => !config[name]).map((name) => ({ path: `/config/${name}`, message: 'is needed', code: 'platform.required' })),
    ...fields.secrets.filter((name) => !secrets[name]).map((name) => ({ path: `/secrets/${name}`, message: 'is needed', code: 'platform.required' })),
    ...Object.keys(config).filter((name) => !allowed.has(name)).map((name) => ({ path: `/config/${name}`, message: 'is not a field of this kind of account', code: 'platform.unknown_field' })),
    ...(driver === 'twilio' && !config.from && !config.messagingServiceSid
      ? [{ path: '/config/from', message: 'or a messaging service is needed', code: 'platform.required' }] : []),
  ]
  for (const name of ['url', 'baseUrl'] as const) {
    const address = config[name]?.replace(/\{\w+\}/g, 'x')
    if (address && !/^https?:\/\/[^\s/?#@]+/i.test(address)) errors.push({ path: `/config/${name}`, message: 'is not a web address', code: 'communications.bad_address' })
  }
  refuseIf(errors)
}

/** A channel goes out by one account: taking one into use puts the other aside. */
const putAside = (tx: Tx, channel: MessageChannel, except: number) =>
  sql`update communications.provider set in_use = false, version = version + 1 where in_use and channel = ${channel} and id <> ${except}`.execute(tx.db)

export async function createProvider(tx: Tx, body: BodyOf<typeof createContract>): Promise<MessageProvider> {
  check(body)
  if (body.inUse) await putAside(tx, body.channel, 0)
  const { labId } = tx.actor
  const { rows: [row] } = await sql<{ id: number; name: string }>`
    insert into communications.provider (lab_id, name, channel, driver, config, secrets, in_use) values (${labId}, ${body.name}, ${body.channel},
      ${body.driver}, ${JSON.stringify(body.config)}, ${seal(JSON.stringify(body.secrets), contextOf(labId))}, ${body.inUse}) returning id, name`.execute(tx.db)
  const made = row ?? { id: 0, name: '' }
  tx.record('communications.provider_created', made, { driver: body.driver })
  return toProvider(labId, await oneRow(tx.reader, made.id))
}

export async function updateProvider(tx: Tx, id: number, { version, secrets, ...given }: BodyOf<typeof updateContract>): Promise<MessageProvider> {
  const { labId } = tx.actor
  await sql`select from communications.provider where id = ${id} for update`.execute(tx.db)
  const row = await oneRow(tx.reader, id)
  if (row.version !== version) throw platformErrors.stale_version({ thing: 'provider' })
  const next = { ...row, ...given, secrets: { ...opened(labId, row.secrets), ...secrets } }
  check(next)
  if (next.inUse) await putAside(tx, row.channel, id)
  const config: ProviderConfig = next.config
  await sql`
    update communications.provider set version = version + 1, name = ${next.name}, config = ${JSON.stringify(config)},
      secrets = ${seal(JSON.stringify(next.secrets), contextOf(labId))}, in_use = ${next.inUse} where id = ${id}`.execute(tx.db)
  const fields = [...Object.keys(given), ...Object.keys(secrets ?? {})]
  tx.record('communications.provider_changed', { id, name: next.name }, { fields: fields.join(', ') })
  return toProvider(labId, await oneRow(tx.reader, id))
}
