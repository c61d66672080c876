import fc from 'fast-check'
import { CompiledQuery, type Kysely } from 'kysely'
import { beforeAll, expect, it } from 'vitest'
import { labProfile } from '#modules/labs'
import { aLab } from '../labs/testing.ts'
import { modules } from '../../modules.ts'
import type { Actor } from '#platform/auth'
import { countStatements, type DB } from '#platform/db'
import { registerModules } from '#platform/module'
import { anActor, testDatabase, type TestDatabase } from '#platform/testing'
import { read, type Reader } from '#platform/unit-of-work'
import { findDuplicates } from './find-duplicates.ts'
import { listPatients } from './list-patients.ts'
import { similarPatients } from './similar-patients.ts'
import { aPatient } from './testing.ts'

let database: TestDatabase
let clerk: Actor

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  clerk = anActor((await aLab()).labId, ['patients.register'])
})

const word = fc.stringMatching(/^[b-df-hj-np-tv-z]([aeiou][b-df-hj-np-tv-z]){2,3}$/)
const phone = fc.stringMatching(/^[6-9][0-9]{9}$/)

/** The name as another clerk would write it: one slip of a finger, another order, other capitals, an accent. */
function rewritten(name: string, slip: number, letter: string, swap: boolean, shout: boolean): string {
  const place = slip % name.length
  const slipped = name[place] === ' ' ? name : name.slice(0, place) + letter + name.slice(place + 1)
  const words = swap ? slipped.split(' ').toReversed().join(', ') : slipped
  return (shout ? words.toUpperCase() : words).replace('a', 'á')
}

it('finds whoever is written again with a slip, by birth date or by phone, and nobody whose name shares nothing', async () => {
  const lab = await labProfile(clerk.labId)
  await fc.assert(fc.asyncProperty(word, word, phone, fc.nat(40), fc.constantFrom('x', 'q', 'e'), fc.boolean(), fc.boolean(),
    async (first, last, number, slip, letter, swap, shout) => {
    const known = await aPatient(clerk, { fullName: `${first} ${last}`, phone: number })
    const again = rewritten(known.fullName, slip, letter, swap, shout)
    const find = (query: { fullName: string; birthDate?: string; phone?: string }) => read(clerk, (db) => findDuplicates(db, query, lab))
    for (const clue of [{ birthDate: known.birthDate }, { phone: `+91 ${number}` }]) {
      const found = (await find({ fullName: again, ...clue })).find(({ patient }) => patient.id === known.id)
      expect(found?.reasons, `${again} for ${known.fullName}`).toContain('name')
      expect(found?.score).toBeGreaterThan(0.3)
      expect(found?.score).toBeLessThanOrEqual(1)
      expect((await find({ fullName: 'Wycz Wycz', ...clue })).filter(({ patient }) => patient.id === known.id)).toEqual([])
    }
    expect((await find({ fullName: known.fullName })).filter(({ patient }) => patient.id === known.id)).toEqual([])
  }), { numRuns: 40 })
})

it('reads by index alone, whoever is asked for and however many patients there are', async () => {
  await database.rows(`
    insert into patients.patient (lab_id, number, full_name, name_key, sex, birth_date, birth_date_estimated, phone, phone_key, national_id,
      national_id_type, national_id_key,
      source, registered_at, registered_by, updated_at)
    select lab, 'L' || n, 'Name ' || n, 'name ' || n, 'male', date '1940-01-01' + (n * 7919) % 30000, false, (6000000000 + n)::text,
      (6000000000 + n)::text, 'ID' || n, 'other', 'ID' || n,
      'import', timestamptz '2020-01-01' + n * interval '1 minute', '{"id": null, "name": "import", "kind": "system"}', now()
    from generate_series(1, 30000) n, unnest(array[$1::bigint, $1::bigint + 100000]) lab`, [clerk.labId])
  await database.rows('analyze patients.patient')
  const planOf = async (work: (db: Reader) => Promise<unknown>) => {
    const { sent } = await countStatements(() => read(clerk, work), true)
    const query = sent?.find(({ text }) => text.includes('patients.patient'))
    const explain = CompiledQuery.raw(`explain (analyze, format json) ${query?.text}`, [...(query?.values ?? [])])
    const { rows } = await read(clerk, (db) => (db as unknown as Kysely<DB>).executeQuery<{ 'QUERY PLAN': unknown }>(explain))
    const text = JSON.stringify(rows[0]?.['QUERY PLAN'])
    return { text, rowsRead: [...text.matchAll(/"Actual Rows":([\d.]+),"Actual Loops":(\d+)/g)].reduce((sum, [, found, loops]) =>
      sum + Number(found) * Number(loops), 0) }
  }
  const who = { fullName: 'Name 5', birthDate: '1961-04-09', phone: '6000000005', nationalId: 'ID5', email: null, exceptPatientId: null }
  for (const likeness of [who, { ...who, phone: null, nationalId: null }, { ...who, birthDate: null, phone: null }]) {
    const { text, rowsRead } = await planOf((db) => similarPatients(likeness).execute(db as never))
    expect(text).not.toMatch(/"Node Type":"Seq Scan"[^{}]*"Relation Name":"patient"/)
    expect(rowsRead).toBeGreaterThan(0)
    expect(rowsRead).toBeLessThan(200)
  }
  const lab = await labProfile(clerk.labId)
  const first = await read(clerk, (db) => listPatients(db, { limit: 50 }, lab))
  const next = await planOf((db) => listPatients(db, { limit: 50, cursor: first.next ?? '' }, lab))
  expect(next.text).toContain('"Index Name":"patient_recent"')
  expect(next.rowsRead).toBeLessThan(200)
})
