import type { Partner } from '@aliquot/contracts'
import { sql, type RawBuilder } from 'kysely'
import { labProfile } from '#modules/labs'
import { platformErrors } from '#platform/errors'
import { unseal } from '#platform/secrets'
import { now, type Reader } from '#platform/unit-of-work'

export const sealContext = (labId: number) => `integrations:partner:${labId}`

type Row = Omit<Partner, 'headerNames' | 'secretHints' | 'health'> & {
  headers: string
  secrets: string[]
  openUntil: Date | null
  health: Omit<Partner['health'], 'circuit' | 'openUntil'>
}

/** Header names and values that the partner's administrator asked for. */
export const openHeaders = (sealed: string, labId: number): { name: string; value: string }[] => JSON.parse(unseal(sealed, sealContext(labId)))

/** Partners that meet the condition, in the order of their names. */
export async function partnersWhere(db: Reader, labId: number, condition: RawBuilder<unknown>, most: number): Promise<Partner[]> {
  const { timezone } = await labProfile(labId)
  const time = now()
  const { rows } = await sql<Row>`
    select p.id, p.version, p.name, p.url, p.actions, p.organisation_id as "organisationId", p.hide_personal as "hidePersonal",
      p.timeout_seconds as "timeoutSeconds", p.attempts, p.first_delay_seconds as "firstDelaySeconds", p.retry_on as "retryOn", p.disabled, p.headers, p.secrets,
      (select jsonb_build_object('id', o.id, 'name', o.name) from labs.pub_organisation o where o.id = p.organisation_id) as organisation,
      p.open_until as "openUntil",
      jsonb_build_object('failingSince', p.failing_since, 'failures', p.failures, 'lastSuccessAt', p.last_success_at, 'trouble', p.trouble,
        'waiting', (select count(*) from integrations.delivery d where d.partner_id = p.id and d.state = 'pending'),
        'failed', (select count(*) from integrations.delivery d where d.partner_id = p.id and d.state = 'failed'),
        'deliveredToday', (select count(*) from integrations.delivery d where d.partner_id = p.id and d.state = 'delivered'
          and d.delivered_at >= (${time}::timestamptz at time zone ${timezone})::date::timestamp at time zone ${timezone})) as health
    from integrations.partner p where ${condition} order by p.name, p.id limit ${most}`.execute(db as never)
  return rows.map(({ headers, secrets, openUntil, health, ...row }) => ({
    ...row,
    headerNames: openHeaders(headers, labId).map(({ name }) => name),
    secretHints: secrets.map((secret) => unseal(secret, sealContext(labId)).slice(-4)),
    health: { ...health, openUntil: openUntil?.toISOString() ?? null, circuit: openUntil === null ? 'closed' : openUntil > time ? 'open' : 'trying' },
  }))
}

export async function partnerOf(db: Reader, labId: number, id: number): Promise<Partner> {
  const [partner] = await partnersWhere(db, labId, sql`p.id = ${id}`, 1)
  if (!partner) throw platformErrors.not_found({ thing: 'partner' })
  return partner
}
