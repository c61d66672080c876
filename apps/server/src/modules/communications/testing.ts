import type { Delivery, MessageTrigger, TriggerRecipient } from '@aliquot/contracts'
import { change, read } from '#platform/unit-of-work'
import type { Actor } from '#platform/auth'
import { allJobs } from '#platform/module'
import type { TestDatabase } from '#platform/testing'
import { getDelivery } from './deliveries.ts'
import { updateMessageSettings } from './settings.ts'
import { createTemplate } from './templates.ts'
import { createTrigger } from './triggers.ts'

let made = 0

/** A lab that sends at any hour to everybody who did not refuse. */
export const sendsFreely = (actor: Actor) => change(actor, (tx) =>
  updateMessageSettings(tx, { version: 0, quietFrom: null, quietTo: null, withoutConsent: 'send' }))

export type TemplateOf = Partial<Parameters<typeof createTemplate>[1]>

export const aTemplate = (actor: Actor, more: TemplateOf = {}) => change(actor, (tx) => createTemplate(tx, {
  name: `Template ${++made}`, channel: 'sms', scope: 'report', texts: [{ language: 'en', body: 'Dear {patient.name}: {report.tests} {report.link}' }], ...more,
}))

const toPatient: TriggerRecipient[] = [{ kind: 'patient' }]

export const aTrigger = (actor: Actor, templateIds: number[], more: Partial<MessageTrigger> = {}) => change(actor, (tx) => createTrigger(tx, {
  name: more.name ?? `Trigger ${++made}`, event: more.event ?? 'report_signed', recipients: more.recipients ?? toPatient, templateIds,
  attachReport: more.attachReport ?? false, delayMinutes: more.delayMinutes ?? 0, breaksQuietHours: more.breaksQuietHours ?? false, disabled: false,
}))

/** A waiting job of this module, as its worker would take it. */
export interface WaitingJob {
  id: number
  name: string
  payload: { labId: number; [key: string]: unknown }
  runAt: Date
}

export const waitingJobs = (database: TestDatabase): Promise<WaitingJob[]> => database.rows<WaitingJob>(`
  select p.id::int as id, t.identifier as name, p.payload, p.run_at as "runAt" from graphile_worker._private_jobs p
  join graphile_worker._private_tasks t on t.id = p.task_id where t.identifier like 'communications.%' order by p.id`)

/** Runs a job as a worker does; it stays in the queue. */
export const runJob = ({ name, payload }: Pick<WaitingJob, 'name' | 'payload'>, actor: Actor): Promise<void> | undefined =>
  allJobs().get(name)?.(payload, { actor, attempt: 1, lastAttempt: false })

/** Runs what is due, and what that leads to, as a worker would; answers how many ran. */
export async function work(database: TestDatabase, actor: Actor): Promise<number> {
  for (let ran = 0; ; ran++) {
    const [job] = (await waitingJobs(database)).filter(({ runAt }) => runAt.getTime() <= Date.now() + 500)
    if (!job) return ran
    await database.rows('delete from graphile_worker._private_jobs where id = $1', [job.id])
    await runJob(job, actor)
  }
}

export const deliveryOf = (actor: Actor, id: number): Promise<Delivery> => read(actor, (db) => getDelivery(db, id))

/** The newest message of the lab. */
export async function lastDelivery(database: TestDatabase, actor: Actor): Promise<Delivery> {
  const [row] = await database.rows<{ id: number }>('select id from communications.delivery where lab_id = $1 order by id desc limit 1', [actor.labId])
  return deliveryOf(actor, row?.id ?? 0)
}
