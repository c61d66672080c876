import { sql } from 'kysely'
import { actorOfAccount } from '#modules/labs'
import { getReport, signReports, verifyReports } from '#modules/reports'
import { systemActor, type Actor } from '#platform/auth'
import { change, read } from '#platform/unit-of-work'
import type { Report } from '@aliquot/contracts'
import type { Setup } from './setup.ts'

interface Released {
  reportId: number
  version: number
  setup: Setup
}

/**
 * What the lab allows to follow by itself when an instrument completed a report: verified when nothing about it asks for an eye, then signed in the
 * name of the person that the instrument is set up with. Whatever keeps it from that leaves it completed, for people.
 */
export async function postProcessReport(actor: Actor, { reportId, setup }: Released): Promise<void> {
  if (!setup.autoVerify) return
  const machine = systemActor(actor.labId, `Auto-verification, ${setup.name}`, actor.requestId)
  const report = await read(machine, (db) => getReport(db, machine, reportId))
  if (report.status !== 'completed' || doubts(report, setup.deltaPercent).length > 0 || (await isDoubted(machine, reportId))) return
  const { outcomes: [verified] } = await change(machine, (tx) => verifyReports(tx, { reports: [{ reportId, version: report.version }] }))
  if (!verified?.ok || verified.version === null || setup.autoSignBy === null) return
  const signer = await actorOfAccount(machine, setup.autoSignBy)
  if (signer) await change(signer, (tx) => signReports(tx, { reports: [{ reportId, version: verified.version ?? 0 }] }))
}

/** Why a person should look at a report; none: every value is normal, and near the patient's last one. */
export function doubts({ values, previous, flags }: Pick<Report, 'values' | 'previous' | 'flags'>, deltaPercent: number): string[] {
  const last = new Map(previous.map((value) => [value.code, Number(value.value)]))
  return [
    ...(flags.critical || flags.abnormal ? ['a value is not normal'] : []),
    ...values.flatMap(({ code, flag, number, source, value }) => {
      if (value === null) return []
      if (flag !== 'normal' && !(flag === 'unjudged' && number === null)) return [`${code} is ${flag}`]
      if (source === 'manual') return [`${code} was typed`]
      const before = last.get(code)
      const far = number !== null && before !== undefined && Number.isFinite(before) && before !== 0 && Math.abs(number - before) > (Math.abs(before) * deltaPercent) / 100
      return far ? [`${code} differs from ${before}`] : []
    }),
  ]
}

/** Something of this report still waits, or was let in although something spoke against it. */
async function isDoubted(actor: Actor, reportId: number): Promise<boolean> {
  const { rows } = await read(actor, (db) => sql`
    select 1 from devices.result where lab_id = ${actor.labId} and report_id = ${reportId} and (state in ('waiting', 'held') or (state = 'released' and reason is not null)) limit 1`
    .execute(db as never))
  return rows.length > 0
}
