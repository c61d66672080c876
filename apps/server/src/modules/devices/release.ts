import type { BodyOf, ResponseOf, releaseParameters as contract } from '@aliquot/contracts'
import { sql } from 'kysely'
import { isTargetKey, recordTargets } from '#modules/molecular'
import { recordMeasured } from '#modules/reports'
import type { Actor } from '#platform/auth'
import { platformErrors, Problem } from '#platform/errors'
import { change, read, type Tx } from '#platform/unit-of-work'
import { deviceErrors } from './errors.ts'
import { postProcessReport } from './post-process-report.ts'
import { settleMessages } from './settle-messages.ts'
import { setups, type Setup } from './setup.ts'

interface Waiting {
  id: number
  version: number
  messageId: number
  instrumentId: number | null
  state: string
  reason: string | null
  reportId: number | null
  parameterCode: string | null
  result: string | null
  flags: string[]
  comments: string[]
  confirmed: boolean
}

type Asked = BodyOf<typeof contract>['results']
type Outcomes = ResponseOf<typeof contract>['outcomes']

const select = (condition: ReturnType<typeof sql>) => sql<Omit<Waiting, 'confirmed'>>`
  select id, version, message_id as "messageId", instrument_id as "instrumentId", state, reason, report_id as "reportId", parameter_code as "parameterCode", result, flags, comments
  from devices.result where ${condition} order by id`

/**
 * Lets results into their reports, those of one report together: each report succeeds or says why not, and keeps no other from it. What follows of
 * itself (complete, verify, sign) follows as the instrument is set up.
 */
export async function releaseParameters(actor: Actor, asked: Asked): Promise<Outcomes> {
  const { rows } = await read(actor, (db) => select(sql`id = any (${asked.map(({ id }) => id)}::bigint[])`).execute(db as never))
  const found = new Map(rows.map((row) => [row.id, row]))
  const refused = new Map<number, Problem>()
  const good: Waiting[] = []
  for (const { id, version, confirmed = false } of asked) {
    const row = found.get(id)
    const problem = !row ? platformErrors.not_found({ thing: 'result' })
      : row.version !== version ? platformErrors.stale_version({ thing: 'result' })
      : row.state !== 'waiting' || row.reportId === null || row.parameterCode === null ? deviceErrors.not_possible({ because: `the result is ${row.state}` }) : null
    if (problem) refused.set(id, problem)
    else if (row) good.push({ ...row, confirmed })
  }
  for (const group of Map.groupBy(good, ({ reportId }) => reportId).values()) {
    const problem = await releaseInto(actor, group)
    if (problem) for (const { id } of group) refused.set(id, problem)
  }
  return asked.map(({ id }) => {
    const problem = refused.get(id)
    return { id, ok: !problem, code: problem?.code ?? null, detail: problem?.message ?? null }
  })
}

/** What a message brought and nothing speaks against: into the reports without anybody. */
export async function releaseByThemselves(actor: Actor, messageId: number, { instrumentId }: Setup): Promise<void> {
  const { rows } = await read(actor, (db) => select(sql`message_id = ${messageId} and instrument_id = ${instrumentId} and state = 'waiting' and reason is null`).execute(db as never))
  for (const group of Map.groupBy(rows, ({ reportId }) => reportId).values()) await releaseInto(actor, group.map((row) => ({ ...row, confirmed: false })))
}

/** One report's results in one transaction; a refusal is answered, not thrown: the results go on waiting, with it as their reason. */
async function releaseInto(actor: Actor, group: Waiting[]): Promise<Problem | null> {
  const [{ reportId, instrumentId }] = group as [Waiting]
  const setup = instrumentId === null ? undefined : (await read(actor, (db) => setups(db, [instrumentId]))).get(instrumentId)
  try {
    const state = await change(actor, (tx) => release(tx, group, setup))
    if (setup && state) await postProcessReport(actor, { reportId: reportId ?? 0, version: state.version, setup })
    return null
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    await change(actor, async (tx) => {
      await sql`update devices.result set detail = ${error.errors?.map(({ message }) => message).join('; ') || error.message}, version = version + 1
        where id = any (${group.map(({ id }) => id)}::bigint[]) and state = 'waiting'`.execute(tx.db)
      tx.record('devices.release_refused', { id: group[0]?.messageId ?? 0 }, { because: error.message })
      tx.hint('result', group[0]?.id ?? 0)
    })
    return error
  }
}

/** In one transaction with the values: a result is released exactly when its report has it. */
async function release(tx: Tx, group: Waiting[], setup: Setup | undefined) {
  const { rows: held } = await sql<{ id: number }>`
    select id from devices.result where id = any (${group.map(({ id }) => id)}::bigint[]) and state = 'waiting' order by id for update`.execute(tx.db)
  const mine = group.filter(({ id }) => held.some((one) => one.id === id))
  // The last word counts where a parameter was released twice.
  const latest = new Map(mine.map((one) => [one.parameterCode, one]))
  if (latest.size === 0) return null
  const [{ reportId }] = mine as [Waiting]
  const options = { complete: setup?.autoComplete ?? true }
  const state = mine.every(({ parameterCode }) => isTargetKey(parameterCode ?? ''))
    ? await recordTargets(tx, reportId ?? 0, [...latest.values()].map(asReading), options)
    : await recordMeasured(tx, reportId ?? 0, [...latest.values()].map(asValue), options)
  await sql`
    update devices.result set state = 'released', decided_at = ${tx.now}, decided_by = ${tx.actor.accountId}::bigint, version = version + 1
    where id = any (${mine.map(({ id }) => id)}::bigint[])`.execute(tx.db)
  await settleMessages(tx, [...new Set(mine.map(({ messageId }) => messageId))])
  for (const { id } of mine) tx.hint('result', id)
  tx.record('devices.released', { id: mine[0]?.messageId ?? 0 }, { count: mine.length, from: setup?.name ?? 'an integration' })
  return state
}

const asValue = ({ parameterCode, result, flags, comments, confirmed }: Waiting) => ({
  code: parameterCode ?? '', value: result, confirmed, ...(flags.length + comments.length > 0 ? { note: [...flags, ...comments].join('; ').slice(0, 1000) } : {}),
})

const asReading = ({ parameterCode, result, reason, confirmed }: Waiting) => ({ key: parameterCode ?? '', text: result ?? '', replaces: confirmed || reason === 'value_exists' })
