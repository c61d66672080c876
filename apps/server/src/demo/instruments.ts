import { createInstrument, createQcLot, installProfiles, listInstruments, listProfiles, processMessage, storeMessages } from '../modules/devices/index.ts'
import { systemActor } from '../platform/auth/index.ts'
import { at, change, read } from '../platform/unit-of-work/index.ts'
import { Random } from './random.ts'

const port = 16_002
const day = 24 * 3600_000

/** Counts cells: what it calls its tests, and its two controls with mean and SD. */
const counts = [
  { code: 'HGB', parameter: 'HB', unit: 'g/dL', levels: [['1', 6.1, 0.15], ['2', 13.2, 0.25]] },
  { code: 'WBC', parameter: 'WBC', unit: '10*3/uL', levels: [['1', 3.1, 0.18], ['2', 7.4, 0.3]] },
  { code: 'PLT', parameter: 'PLT', unit: '10*3/uL', levels: [['1', 72, 6], ['2', 230, 11]] },
] as const

/** A cell counter with its controls of the last weeks, and some results that wait for a person. */
export async function placeInstruments(labId: number, days: number): Promise<void> {
  const actor = systemActor(labId, 'Demo')
  if ((await read(actor, (db) => listInstruments(db, labId, { limit: 1 }))).items.length > 0) return
  await change(actor, installProfiles)
  const { items } = await read(actor, (db) => listProfiles(db, { limit: 50 }))
  const profile = items.find(({ name }) => name.startsWith('Any HL7'))
  if (!profile) return
  const instrument = await change(actor, (tx) => createInstrument(tx, {
    code: 'HAEM1', name: 'Cell counter', model: 'Demonstration HL7 analyser', profileId: profile.id, port, autoRelease: true,
    mappings: counts.map(({ code, parameter, unit }) => ({ code, parameter, unit })),
  }))
  const from = new Date(Date.now() - days * day)
  for (const { parameter, unit, levels } of counts) {
    for (const [level, mean, sd] of levels) {
      await change(actor, (tx) => createQcLot(tx, { instrumentId: instrument.id, parameter, control: `CTL${level}`, level, lot: '6115', unit, mean, sd, validFrom: from.toISOString().slice(0, 10) }))
    }
  }
  const random = new Random(labId * 104_729 + 3)
  const send = async (time: Date, text: string) => {
    const [kept] = await at(time, () => storeMessages(labId, [{
      port, peer: '127.0.0.1', protocol: 'hl7', receivedAt: time, bytes: Buffer.from(text), state: 'stored', detail: null, controlId: null, answer: null, instrumentId: instrument.id,
      profileVersionId: null,
    }]))
    if (kept) await at(time, () => processMessage(actor, kept.id))
  }
  for (let back = days; back > 0; back--) {
    const time = new Date(Math.floor((Date.now() - back * day) / day) * day + 75 * 60_000)
    for (const level of ['1', '2'] as const) {
      // The counter drifts upwards in the last week: what the rules are for.
      const drift = back < 7 ? (7 - back) * 0.32 : 0
      await send(time, message(time, `Q${back}-${level}`, 'Q', `CTL${level}`, counts.map(({ code, unit, levels }) => {
        const [, mean, sd] = levels.find(([name]) => name === level) ?? levels[0]
        return [code, (mean + sd * (normal(random) + (code === 'WBC' ? drift : 0))).toFixed(code === 'PLT' ? 0 : 2), unit]
      })))
    }
  }
  const now = new Date(Date.now() - 20 * 60_000)
  await send(now, message(now, 'P1', 'P', 'SMUDGED-7', [['HGB', '11.2', 'g/dL'], ['WBC', '6.9', '10*3/uL']]))
  await send(now, message(now, 'P2', 'P', '26999999', [['NRBC%', '0.2', '%'], ['HGB', '14.1', 'g/dL']]))
}

/** A sum of uniform numbers is near enough to a bell, and stays within four SD. */
const normal = (random: Random): number => Array.from({ length: 12 }, () => random.next()).reduce((sum, value) => sum + value, -6)

function message(time: Date, id: string, processing: string, sample: string, results: readonly (readonly string[])[]): string {
  const stamp = time.toISOString().replace(/[-:T]|\..*$/g, '').slice(0, 14)
  return [
    `MSH|^~\\&|CELLS|HAEM|LIS|LAB|${stamp}+0000||ORU^R01|${id}|${processing}|2.3.1`, `OBR|1||${sample}|^CBC|||${stamp}+0000`,
    ...results.map(([code, value, unit], index) => `OBX|${index + 1}|NM|${code}||${value}|${unit}|||||F|||${stamp}+0000`), '',
  ].join('\r')
}
