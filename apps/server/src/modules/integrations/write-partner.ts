import { randomBytes } from 'node:crypto'
import { retriedByDefault, type BodyOf, type Partner, type createPartner as createContract, type rotateSecret as rotateContract,
  type updatePartner as updateContract } from '@aliquot/contracts'
import { sql } from 'kysely'
import { theConfig } from '#platform/config'
import { platformErrors, refuseIf } from '#platform/errors'
import { isPublicAddress } from '#platform/outbound'
import { seal } from '#platform/secrets'
import { listenTo, type Tx } from '#platform/unit-of-work'
import { integrationErrors } from './errors.ts'
import { partnerOf, sealContext } from './partner-row.ts'
import { sendSoon } from './send-soon.ts'

const newSecret = () => `whsec_${randomBytes(24).toString('base64url')}`

/** Connects a partner. It is told of what happens from now on; the answer has its secret, which nobody sees again. */
export async function createPartner(tx: Tx, body: BodyOf<typeof createContract>): Promise<{ partner: Partner; secret: string }> {
  await check(tx, body)
  const context = sealContext(tx.actor.labId)
  const secret = newSecret()
  const { rows: [row] } = await sql<{ id: number }>`
    insert into integrations.partner (lab_id, name, url, actions, organisation_id, headers, secrets, hide_personal, timeout_seconds, attempts,
      first_delay_seconds, retry_on, disabled, since_activity)
    values (${tx.actor.labId}, ${body.name}, ${body.url}, ${body.actions}, ${body.organisationId ?? null}, ${seal(JSON.stringify(body.headers ?? []), context)},
      ${[seal(secret, context)]}, ${body.hidePersonal ?? true}, ${body.timeoutSeconds ?? 15}, ${body.attempts ?? 8},
      ${body.firstDelaySeconds ?? 30}, ${body.retryOn ?? retriedByDefault}, ${body.disabled ?? false}, platform.latest_activity()) returning id`.execute(tx.db)
  const id = row?.id ?? 0
  await listenForPartners(tx)
  tx.record('integrations.partner_connected', { id, name: body.name }, { url: body.url, actions: body.actions.join(', ') })
  return { partner: await partnerOf(tx.reader, tx.actor.labId, id), secret }
}

const columns: Record<string, string> = {
  name: 'name', url: 'url', actions: 'actions', organisationId: 'organisation_id', hidePersonal: 'hide_personal',
  timeoutSeconds: 'timeout_seconds', attempts: 'attempts', firstDelaySeconds: 'first_delay_seconds', retryOn: 'retry_on', disabled: 'disabled', headers: 'headers',
}

/** Changes a partner. One that is switched on again hears nothing of what happened meanwhile. */
export async function updatePartner(tx: Tx, id: number, { version, ...body }: BodyOf<typeof updateContract>): Promise<Partner> {
  const known = await lockPartner(tx, id, version)
  await check(tx, body)
  const sets = Object.entries(body).flatMap(([field, value]) => {
    const column = columns[field]
    if (!column || value === undefined) return []
    return [sql`${sql.ref(column)} = ${field === 'headers' ? seal(JSON.stringify(value), sealContext(tx.actor.labId)) : value}`]
  })
  if (body.disabled === false && known.disabled) sets.push(sql`since_activity = platform.latest_activity()`)
  await sql`update integrations.partner set ${sql.join([...sets, sql`version = version + 1`])} where id = ${id}`.execute(tx.db)
  await listenForPartners(tx)
  tx.record('integrations.partner_changed', { id, name: body.name ?? known.name }, { fields: Object.keys(body).join(', ') })
  sendSoon(tx, id)
  return partnerOf(tx.reader, tx.actor.labId, id)
}

/** Makes a new secret beside the present one, or drops the one before it. */
export async function rotateSecret(tx: Tx, id: number, { version, drop = false }: BodyOf<typeof rotateContract>): Promise<{ partner: Partner; secret: string | null }> {
  const known = await lockPartner(tx, id, version)
  const secret = drop ? null : newSecret()
  const secrets = secret === null ? known.secrets.slice(0, 1) : [seal(secret, sealContext(tx.actor.labId)), ...known.secrets.slice(0, 1)]
  await sql`update integrations.partner set secrets = ${secrets}, version = version + 1 where id = ${id}`.execute(tx.db)
  tx.record('integrations.secret_changed', { id, name: known.name }, { what: drop ? 'dropped the old one' : 'made a new one' })
  return { partner: await partnerOf(tx.reader, tx.actor.labId, id), secret }
}

async function lockPartner(tx: Tx, id: number, version: number) {
  const { rows: [row] } = await sql<{ version: number; name: string; disabled: boolean; secrets: string[] }>`
    select version, name, disabled, secrets from integrations.partner where id = ${id} for update`.execute(tx.db)
  if (!row) throw platformErrors.not_found({ thing: 'partner' })
  if (row.version !== version) throw platformErrors.stale_version({ thing: 'partner' })
  return row
}

/** An address that says itself that it is private is refused at once; one whose name turns out to be so, when it is sent to. */
async function check(tx: Tx, { url, organisationId }: { url?: string; organisationId?: number | null }): Promise<void> {
  if (url !== undefined && !URL.canParse(url)) refuseIf([{ path: '/url', message: 'is not a web address', code: 'platform.invalid_input' }])
  if (url !== undefined && isPlainlyPrivate(new URL(url))) {
    const error = integrationErrors.private_address
    throw error({}, { errors: [{ path: '/url', message: 'belongs to a private network', code: 'integrations.private_address' }] })
  }
  if (organisationId) {
    const { rows } = await sql`select 1 from labs.pub_organisation where id = ${organisationId}`.execute(tx.db)
    if (rows.length === 0) refuseIf([{ path: '/organisationId', message: 'names no organisation of this lab', code: 'platform.not_found' }])
  }
}

function isPlainlyPrivate({ host, hostname }: URL): boolean {
  if (theConfig().outboundHosts.some((allowed) => allowed === host || allowed === hostname)) return false
  return /(?:^|\.)(?:localhost|local|internal)$/.test(hostname) || (/^[\d.]+$|^\[/.test(hostname) && !isPublicAddress(hostname.replace(/^\[|\]$/g, '')))
}

/** The lab listens to what its partners want to hear, and to nothing else. */
async function listenForPartners(tx: Tx): Promise<void> {
  const { rows } = await sql<{ action: string }>`select distinct unnest(actions) as action from integrations.partner where not disabled`.execute(tx.db)
  await listenTo(tx, 'integrations.tell', rows.map(({ action }) => action))
}
