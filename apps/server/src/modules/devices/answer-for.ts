import { sql } from 'kysely'
import { labProfile } from '#modules/labs'
import { reportsOfSamples } from '#modules/reports'
import { systemActor, type Actor } from '#platform/auth'
import { change, now, read, type Reader } from '#platform/unit-of-work'
import { answerQuery, ordersMessage, type HostOrder } from './read/answer-query.ts'
import { readMessage } from './read/read-message.ts'
import { mappingsOf } from './place-results.ts'
import { setups, type Setup } from './setup.ts'

/** What is to be measured on samples, in the instrument's own codes: parameters that a report waits for and that the instrument can measure. */
export async function ordersFor(db: Reader, labId: number, setup: Setup, sampleIds: readonly string[]): Promise<HostOrder[]> {
  const reports = await reportsOfSamples(db, labId, sampleIds)
  const known = [...new Set([...setup.mappings, ...setup.definition.tests].map(({ code }) => code))]
  const mapped = known.flatMap((code) => mappingsOf(setup, code)).filter(({ parameter }) => parameter !== null)
  return sampleIds.map((sampleId) => {
    const open = reports.filter(({ sample, status, isFile }) => sample === sampleId && !isFile && ['collected', 'received', 'in_progress'].includes(status))
    const wanted = open.flatMap(({ pinned, values, testCode }) => pinned.definition.parameters.filter(({ code, kind }) => kind !== 'calculated' && values[code] === undefined)
      .flatMap(({ code }) => mapped.filter((one) => one.parameter === code && (one.test === undefined || one.test === testCode)).map((one) => one.code)))
    const [first] = open
    return {
      sampleId, codes: [...new Set(wanted)], specimenType: first?.specimenType ?? '',
      patient: first ? { number: first.patient.number, fullName: first.patient.fullName, sex: first.patient.sex, birthDate: first.patient.birthDate } : null,
    }
  })
}

const host = (labId: number): Actor => systemActor(labId, 'Instruments')

/** The answer to an instrument that asks for orders, as messages to be sent. None where its profile answers nothing. */
export async function answerFor(labId: number, instrumentId: number, bytes: Uint8Array): Promise<Uint8Array[]> {
  const { timezone } = await labProfile(labId)
  return read(host(labId), async (db) => {
    const setup = (await setups(db, [instrumentId])).get(instrumentId)
    if (!setup?.definition.query) return []
    const { queried } = readMessage(setup.definition, bytes, { timeZone: timezone })
    if (queried.length === 0) return []
    return answerQuery(setup.definition, bytes, await ordersFor(db, labId, setup, queried.map(({ sampleId }) => sampleId)), now(), { timeZone: timezone })
  })
}

/** Orders that wait to be downloaded to a connected instrument, as messages with the rows they are of. */
export async function takeOrders(labId: number, instrumentId: number): Promise<{ id: number; messages: Uint8Array[] }[]> {
  const { timezone } = await labProfile(labId)
  return read(host(labId), async (db) => {
    const setup = (await setups(db, [instrumentId])).get(instrumentId)
    if (!setup) return []
    const { rows } = await sql<{ id: number; numbers: string[] }>`
      select id, specimen_numbers as numbers from devices.order_out where lab_id = ${labId} and instrument_id = ${instrumentId} and state = 'queued' order by id limit 20`.execute(db as never)
    return Promise.all(rows.map(async ({ id, numbers }) => {
      const orders = (await ordersFor(db, labId, setup, numbers)).filter(({ codes }) => codes.length > 0)
      return { id, messages: orders.length > 0 ? ordersMessage(setup.definition, orders, now(), { timeZone: timezone }) : [] }
    }))
  })
}

/** The instrument has taken the orders, or why not. */
export const noteOrders = (labId: number, orderId: number, trouble: string | null): Promise<void> => change(host(labId), async (tx) => {
  const { rows: [row] } = await sql<{ instrumentId: number }>`
    update devices.order_out set state = ${trouble === null ? 'sent' : 'failed'}, sent_at = ${tx.now}, trouble = ${trouble} where id = ${orderId} and state = 'queued'
    returning instrument_id as "instrumentId"`.execute(tx.db)
  if (row) tx.record('devices.orders_sent', { id: row.instrumentId }, { outcome: trouble ?? 'taken' })
})
