import { judgeControl, parseNumber } from '@aliquot/lab-arithmetic'
import { sql } from 'kysely'
import type { Reader, Tx } from '#platform/unit-of-work'
import type { ReadSample } from './read/read-message.ts'
import { mappingsOf } from './place-results.ts'
import type { Setup } from './setup.ts'

interface Lot {
  id: number
  parameter: string
  control: string
  level: string
  lot: string
  validFrom: string
  validTo: string | null
  mean: number
  sd: number
  /** Standard deviations from the mean, oldest first. */
  zs: number[]
}

/** Of how many earlier results the rules want to know. */
const lookBack = 12

/**
 * Results of controls, apart from patients': judged by the Westgard rules against their lots. One that no lot expects is kept as a result in plain
 * sight, held as an unknown control.
 */
export async function noteControls(tx: Tx, { id, receivedAt }: { id: number; receivedAt: Date }, setup: Setup, controls: readonly ReadSample[]): Promise<void> {
  if (controls.length === 0) return
  const lots = await lotsOf(tx.reader, setup.instrumentId)
  let position = 20_000
  const runs = controls.flatMap((sample) => sample.results.filter(({ skipped }) => !skipped).map((result) => {
    position++
    const code = mappingsOf(setup, result.testCode)[0]?.parameter ?? result.testCode
    const number = parseNumber(result.value)
    const name = sample.control ?? sample.sampleId
    const day = (result.measuredAt ?? receivedAt).toISOString().slice(0, 10)
    const lot = lots.find((one) => one.validFrom <= day && (one.validTo === null || one.validTo >= day) && one.parameter === code && same(one.control, name) && (sample.level === null || same(one.level, sample.level))
      && (sample.lot === null || same(one.lot, sample.lot)))
    return { position, sample, result, lot, value: number?.comparator === null ? number.value : null }
  }))
  for (const { position: place, result, lot, value, sample } of runs) {
    const known = lot !== undefined && value !== null
    if (known) {
      const z = (value - lot.mean) / lot.sd
      // The other levels of the same parameter in this message are the same run.
      const beside = runs.flatMap((run) => (run.lot && run.lot !== lot && run.lot.parameter === lot.parameter && run.value !== null ? [(run.value - run.lot.mean) / run.lot.sd] : []))
      const { verdict, rules } = judgeControl([...lot.zs, z], beside)
      const { rows: [made] } = await sql<{ id: number }>`
        insert into devices.qc_result (lab_id, lot_id, message_id, position, at, value, z, verdict, rules)
        values (${tx.actor.labId}, ${lot.id}, ${id}, ${place}, ${result.measuredAt ?? receivedAt}, ${value}, ${z}, ${verdict},
          ${rules}::text[])
        on conflict (message_id, position) do nothing returning id`.execute(tx.db)
      lot.zs.push(z)
      if (made && verdict === 'reject') tx.record('devices.control_out', { id: lot.id }, { control: lot.control, parameter: lot.parameter })
      tx.hint('qc', lot.id)
    }
    await sql`
      insert into devices.result (lab_id, message_id, position, instrument_id, sample_id, test_code, value, unit, flags, status, measured_at, comments, state, reason, detail,
        received_at)
      values (${tx.actor.labId}, ${id}, ${place}, ${setup.instrumentId}, ${sample.sampleId}, ${result.testCode}, ${result.value}, ${result.unit}, ${result.flags}::text[],
        ${result.status}, ${result.measuredAt}, ${result.comments}::text[], ${known ? 'qc' : 'held'}, ${known ? null : 'control_unknown'},
        ${known ? `control ${lot.control} ${lot.level}` : `no control lot expects ${result.testCode} of ${sample.control ?? sample.sampleId}`}, ${receivedAt})
      on conflict (message_id, position) do nothing`.execute(tx.db)
  }
}

const same = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase()

async function lotsOf(db: Reader, instrumentId: number): Promise<Lot[]> {
  const { rows } = await sql<Lot>`
    select l.id, l.parameter, l.control, l.level, l.lot, l.mean, l.sd, l.valid_from as "validFrom", l.valid_to as "validTo",
      array(select z from (select z, at, id from devices.qc_result q where q.lot_id = l.id order by at desc, id desc limit ${lookBack}) last order by at, id) as zs
    from devices.qc_lot l where l.instrument_id = ${instrumentId} and not l.disabled order by l.id desc`.execute(db as never)
  return rows
}

/** Parameters of the instrument whose last control was rejected. */
export async function controlsOut(db: Reader, instrumentId: number): Promise<Set<string>> {
  const { rows } = await sql<{ parameter: string }>`
    select distinct l.parameter from devices.qc_lot l cross join lateral (
      select verdict from devices.qc_result q where q.lot_id = l.id order by at desc, id desc limit 1) last
    where l.instrument_id = ${instrumentId} and not l.disabled and last.verdict = 'reject'`.execute(db as never)
  return new Set(rows.map(({ parameter }) => parameter))
}
