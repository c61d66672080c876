import { sql } from 'kysely'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemActor, type Actor } from '../auth/index.ts'
import { useConfig } from '../config/index.ts'
import { thePool } from '../db/index.ts'
import { registerModules, type JobPayload } from '../module/index.ts'
import { testDatabase, type TestDatabase } from '../testing/index.ts'
import { change, type Tx } from '../unit-of-work/index.ts'
import { find, indexDocuments, openSearch, reindex, theCluster, useCluster } from './index.ts'
import { clusterServer } from './testing/cluster-server.ts'

let database: TestDatabase
let labs = 100

beforeAll(async () => {
  database = await testDatabase()
  await thePool().query(`
    create schema notes;
    grant usage on schema notes to aliquot_app;
    create table notes.person (id bigint generated always as identity primary key, lab_id bigint not null, name text not null, number text not null,
      organisation_id bigint, doctor_id bigint, at timestamptz not null, hidden boolean not null default false);
    select platform.protect('notes.person');
    create view notes.search_person with (security_invoker = true) as select lab_id, id as subject_id, name as title, number as subtitle,
      '/p/' || id as url, name || ' ' || number as body, organisation_id, doctor_id, id as patient_id, at from notes.person where not hidden;
    create view notes.search_pet with (security_invoker = true) as select * from notes.search_person where false;
    grant select on notes.search_person, notes.search_pet to aliquot_app`)
  registerModules([
    { name: 'platform', routes: [], actions: {}, jobs: { 'platform.index_documents': indexDocuments } },
    { name: 'notes', routes: [], search: { patient: 'notes.search_person', pet: 'notes.search_pet' },
      actions: { 'notes.met': { category: 1, subject: 'patient', says: 'Met {name}' }, 'notes.left': { category: 2, subject: 'patient', says: '{name} left' } } },
  ])
})

type Person = { name: string; number: string; organisationId?: number; doctorId?: number }

const meet = async (tx: Tx, { name, number, organisationId = 0, doctorId = 0 }: Person) => {
  const { rows: [row] } = await sql<{ id: number }>`insert into notes.person (lab_id, name, number, organisation_id, doctor_id, at)
    values (${tx.actor.labId}, ${name}, ${number}, nullif(${organisationId}, 0), nullif(${doctorId}, 0), ${tx.now}) returning id`.execute(tx.db)
  tx.record('notes.met', { id: row?.id ?? 0, name })
  return row?.id ?? 0
}
const hide = (actor: Actor, id: number) => change(actor, async (tx) => {
  await sql`update notes.person set hidden = true where id = ${id}`.execute(tx.db)
  tx.record('notes.left', { id, name: 'Somebody' })
})
const waiting = () => database.rows<{ payload: JobPayload }>(`select p.payload from graphile_worker._private_jobs p
  join graphile_worker._private_tasks t on t.id = p.task_id where t.identifier = 'platform.index_documents' order by p.id`)
const aLab = () => systemActor(++labs, 'tester')
const titles = async (actor: Actor, q: string, kinds = ['patient']) => (await find(actor, { q, kinds, most: 10 })).map(({ title }) => title)
const run = (payload: JobPayload) => indexDocuments(payload, { actor: systemActor(payload.labId, 'job'), attempt: 1, lastAttempt: false })

/** Runs what waits for the cluster. */
async function deliver(): Promise<void> {
  for (const { payload } of await waiting()) await run(payload)
  await database.rows('truncate graphile_worker._private_jobs')
}

const drivers = {
  Postgres: async () => async () => {},
  'a cluster': async () => {
    const server = await clusterServer()
    useConfig({ ...database.config, searchCluster: { url: server.url, prefix: 'test' } })
    useCluster(await openSearch({ url: server.url, prefix: 'test' }))
    await reindex(['patient'], () => {})
    return async () => {
      await theCluster()?.close()
      useCluster(null)
      await server.stop()
    }
  },
}

describe.each(Object.entries(drivers))('search in %s', (_name, start) => {
  let stop = async () => {}
  const known = async (actor: Actor, people: Person[]) => {
    stop = await start()
    const ids = await change(actor, async (tx) => {
      const all: number[] = []
      for (const person of people) all.push(await meet(tx, person))
      return all
    })
    await deliver()
    return ids
  }
  afterEach(() => stop())

  it('forgives typing errors and accents, and finds by parts of a number', async () => {
    const lab = aLab()
    await known(lab, [{ name: 'Zoë Fernández', number: 'P000417 9876543210' }, { name: 'Ramesh Kulkarni', number: 'P000418 9123456780' }])
    for (const q of ['zoe fernandez', 'ZOË', 'fernandez zoe', 'ferna', 'fernandes', '987654', '543210', 'p000417']) expect(await titles(lab, q), q).toContain('Zoë Fernández')
    expect(await titles(lab, 'zoe fernandez')).toEqual(['Zoë Fernández'])
    for (const q of ['Kulkrani', 'Kulkarnni', 'ramesh kulkarmi']) expect(await titles(lab, q), q).toEqual(['Ramesh Kulkarni'])
    for (const q of ['nobody at all', '%', '_', "o'", '\\', '((:*', '   ']) expect(await titles(lab, q), q).toEqual([])
  })

  it('puts the exact number first', async () => {
    const lab = aLab()
    await known(lab, [{ name: 'Older', number: 'A12' }, { name: 'Longer', number: 'A123' }, { name: 'Inside', number: 'XA12X' }])
    expect((await titles(lab, 'A12'))[0]).toBe('Older')
    expect((await titles(lab, 'A1')).toSorted()).toEqual(expect.arrayContaining(['Longer', 'Older']))
  })

  it('keeps labs, kinds, organisations and doctors apart', async () => {
    const lab = aLab()
    await known(lab, [{ name: 'Asha Rao', number: '1', organisationId: 7 }, { name: 'Asha Sen', number: '2', doctorId: 9 }, { name: 'Asha Own', number: '3' }])
    expect((await titles(lab, 'asha')).toSorted()).toEqual(['Asha Own', 'Asha Rao', 'Asha Sen'])
    expect(await titles({ ...lab, organisationId: 7 }, 'asha')).toEqual(['Asha Rao'])
    expect(await titles({ ...lab, doctorId: 9 }, 'asha')).toEqual(['Asha Sen'])
    expect(await titles({ ...lab, organisationId: 7, doctorId: 9 }, 'asha')).toEqual([])
    expect(await titles(aLab(), 'asha')).toEqual([])
    expect(await titles(lab, 'asha', ['pet'])).toEqual([])
    expect(await titles({ ...lab, organisationId: 7 }, 'met asha', ['activity'])).toEqual([])
    expect((await titles(lab, 'met asha', ['activity'])).length).toBe(3)
  })

  it('finds no longer what is gone, and what changed under its new words', async () => {
    const lab = aLab()
    const [id = 0] = await known(lab, [{ name: 'Going Away', number: '1' }, { name: 'Staying Here', number: '2' }])
    await hide(lab, id)
    await deliver()
    expect(await titles(lab, 'going away')).toEqual([])
    expect(await titles(lab, 'staying here')).toEqual(['Staying Here'])
  })
})

describe('a cluster', () => {
  it('ends with what was committed last, in whatever order the jobs run, twice too', async () => {
    const stop = await drivers['a cluster']()
    const lab = aLab()
    const id = await change(lab, (tx) => meet(tx, { name: 'Early Bird', number: '1' }))
    const [first] = (await waiting()).slice(-1)
    await hide(lab, id)
    const [second] = (await waiting()).slice(-1)
    if (!first || !second) throw new Error('no job was queued')
    for (const { payload } of [second, first, second, first]) await run(payload)
    expect(await titles(lab, 'early bird')).toEqual([])
    // What was read long ago and arrives late does not overwrite.
    await theCluster()?.write(1, [{ labId: lab.labId, kind: 'patient', id, document: {
      labId: lab.labId, kind: 'patient', id, title: 'Early Bird', subtitle: '', url: '/', body: 'early bird', organisationId: null, doctorId: null, at: '2026-01-01T00:00:00Z' } }])
    expect(await titles(lab, 'early bird')).toEqual([])
    await database.rows('truncate graphile_worker._private_jobs')
    await stop()
  })

  it('is told nothing by a command that fails', async () => {
    const stop = await drivers['a cluster']()
    const before = (await waiting()).length
    await expect(change(aLab(), async (tx) => {
      await meet(tx, { name: 'Never', number: '0' })
      throw new Error('changed my mind')
    })).rejects.toThrow('changed my mind')
    expect((await waiting()).length).toBe(before)
    await stop()
  })

  it('is filled anew beside the commands, then takes the place of the old index', async () => {
    const server = await clusterServer()
    useCluster(await openSearch({ url: server.url, prefix: 'test' }))
    const lab = aLab()
    const id = await change(lab, (tx) => meet(tx, { name: 'Before Rebuild', number: '1' }))
    await deliver()
    expect(await titles(lab, 'before rebuild')).toEqual([])
    await theCluster()?.begin('patient')
    const seen: number[] = []
    await reindex(['patient'], ({ documents }) => seen.push(documents))
    expect(seen.at(-1)).toBeGreaterThan(0)
    expect(await titles(lab, 'before rebuild')).toEqual(['Before Rebuild'])
    expect(server.names()).toHaveLength(1)
    // A change while the next index is filled is in both.
    await theCluster()?.begin('patient')
    await hide(lab, id)
    await change(lab, (tx) => meet(tx, { name: 'During Rebuild', number: '2' }))
    await deliver()
    expect(await titles(lab, 'during rebuild')).toEqual(['During Rebuild'])
    await theCluster()?.finish('patient')
    expect(await titles(lab, 'during rebuild')).toEqual(['During Rebuild'])
    expect(server.names()).toHaveLength(1)
    await expect(theCluster()?.finish('patient')).rejects.toThrow('another reindex')
    await theCluster()?.close()
    useCluster(null)
    await server.stop()
  })

  it('that is away leaves the answer to Postgres', async () => {
    const stop = await drivers['a cluster']()
    const lab = aLab()
    await change(lab, (tx) => meet(tx, { name: 'Always There', number: '1' }))
    const cluster = theCluster()
    await stop()
    useCluster(cluster)
    expect(await titles(lab, 'always there')).toEqual(['Always There'])
    for (const { payload } of await waiting()) await expect(run(payload)).rejects.toMatchObject({ name: expect.stringMatching(/Error/) })
    useCluster(null)
    await database.rows('truncate graphile_worker._private_jobs')
  })
})
