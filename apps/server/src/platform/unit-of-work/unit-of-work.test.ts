import { sql } from 'kysely'
import { beforeAll, expect, it } from 'vitest'
import { systemActor, type Actor } from '../auth/index.ts'
import { countStatements, thePool } from '../db/index.ts'
import { registerModules } from '../module/index.ts'
import { startListening, stopPublishing, subscribe, type Hint } from '../realtime/index.ts'
import { search } from '../search/index.ts'
import { testDatabase, type TestDatabase } from '../testing/index.ts'
import { change, listenTo, read, type Tx } from './index.ts'

let database: TestDatabase
const lab1 = systemActor(1, 'tester')
const lab2 = systemActor(2, 'tester')

beforeAll(async () => {
  database = await testDatabase()
  await thePool().query(`
    create schema notes;
    grant usage on schema notes to aliquot_app;
    create table notes.note (id bigint generated always as identity primary key, lab_id bigint not null, text text not null, n integer not null default 0);
    select platform.protect('notes.note');
    create view notes.search_note with (security_invoker = true) as select lab_id, id as subject_id, text as title, '' as subtitle, '/n' as url, text as body,
      null::bigint as organisation_id, null::bigint as doctor_id, null::bigint as patient_id, now() as at from notes.note;
    grant select on notes.search_note to aliquot_app`)
  registerModules([{
    name: 'notes', routes: [], search: { note: 'notes.search_note' },
    actions: { 'notes.written': { category: 1, subject: 'note', says: 'Wrote {text}' } },
    jobs: { 'notes.print': async () => {}, 'notes.tell': async () => {} },
    subscriptions: { 'notes.written': ['notes.print'] },
  }])
})

const write = async (tx: Tx, text: string) => {
  const { rows: [note] } = await sql<{ id: number; text: string }>`insert into notes.note (lab_id, text) values (${tx.actor.labId}, ${text}) returning id, text`.execute(tx.db)
  if (!note) throw new Error('no row')
  tx.record('notes.written', note)
  return note
}

const left = async () => {
  const [row] = await database.rows<Record<string, number>>(`select (select count(*) from notes.note) as notes, (select count(*) from platform.activity) as log,
    (select count(*) from platform.search_document) as documents, (select count(*) from graphile_worker.jobs) as jobs`)
  return row
}

it('writes row, log, document and job together, whatever their number, in two statements of effects', async () => {
  const before = await left()
  const { statements } = await countStatements(() => change(lab1, async (tx) => {
    for (let i = 0; i < 50; i++) await write(tx, `first ${i}`)
  }))
  expect(statements).toBe(50 + 2 + 2)
  const after = await left()
  for (const key of ['notes', 'log', 'documents', 'jobs']) expect(Number(after?.[key]) - Number(before?.[key])).toBe(50)
  expect(await database.rows('select action, category, message, actor_name from platform.activity order by id limit 1'))
    .toEqual([{ action: 'notes.written', category: 1, message: 'Wrote first 0', actor_name: 'tester' }])
})

it('queues what listens to an action, in the lab that asked, in the same two statements', async () => {
  const heardSince = (id: number) => database.rows<{ payload: Record<string, unknown> }>(`
    select p.payload from graphile_worker._private_jobs p join graphile_worker._private_tasks t on t.id = p.task_id
    where t.identifier = 'notes.tell' and p.id > ${id} order by p.id`)
  await change(lab1, (tx) => listenTo(tx, 'notes.tell', ['notes.written', 'notes.written']))
  const { statements } = await countStatements(() => change(lab1, (tx) => write(tx, 'told')))
  expect(statements).toBe(1 + 2 + 2)
  const other = await change(lab2, (tx) => write(tx, 'not told'))
  const [told, ...more] = await heardSince(0)
  expect(told?.payload).toMatchObject({ labId: 1, action: 'notes.written', subjectType: 'note', activityId: expect.any(Number) })
  expect(told?.payload.subjectId).not.toBe(other.id)
  expect(more).toEqual([])
  await change(lab2, (tx) => listenTo(tx, 'notes.tell', []))
  await change(lab1, (tx) => write(tx, 'told again'))
  expect(await heardSince(0)).toHaveLength(2)
  await change(lab1, (tx) => listenTo(tx, 'notes.tell', []))
  await change(lab1, (tx) => write(tx, 'nobody listens'))
  expect(await heardSince(0)).toHaveLength(2)
  await expect(change(lab1, (tx) => listenTo(tx, 'notes.tell', ['notes.lost']))).rejects.toThrow('No module declares')
})

it('leaves nothing of a command that throws: no row, log entry, document, job or notification', async () => {
  const heard: Hint[] = []
  // What earlier tests published is on its way before anybody listens.
  await stopPublishing()
  const stop = await startListening(database.url)
  const unsubscribe = subscribe((_lab, hints) => void heard.push(...hints))
  const before = await left()
  await expect(change(lab1, async (tx) => {
    await write(tx, 'never')
    throw new Error('changed my mind')
  })).rejects.toThrow('changed my mind')
  expect(await left()).toEqual(before)
  const { id } = await change(lab1, (tx) => write(tx, 'heard'))
  await expect.poll(() => heard).toEqual([{ topic: 'note', id }])
  unsubscribe()
  await stop()
})

it('hides another lab, in reads, writes and search, even from SQL without a WHERE', async () => {
  const { id } = await change(lab2, (tx) => write(tx, 'secret of lab two'))
  const seen = await read(lab1, async (db) => (await sql<{ id: number }>`select id from notes.note where text like 'secret%'`.execute(db as never)).rows)
  expect(seen).toEqual([])
  await change(lab1, async (tx) => {
    await sql`update notes.note set text = 'mine now' where id = ${id}`.execute(tx.db)
    await write(tx, 'after')
  })
  await expect(change(lab1, async (tx) => sql`insert into notes.note (lab_id, text) values (2, 'forged')`.execute(tx.db))).rejects.toThrow(/row-level security/)
  expect(await database.rows(`select text from notes.note where id = ${id}`)).toEqual([{ text: 'secret of lab two' }])
  expect(await read(lab1, (db) => search(db, 'secret of lab', ['note']))).toEqual([])
  expect(await read(lab2, (db) => search(db, 'secrte of lab', ['note']))).toMatchObject([{ id }])
})

it('narrows the sight of portal users alone: staff do not pay for it', async () => {
  const whoAsks = (actor: Actor) => read(actor, async (db) => (await sql<{ role: string }>`select current_user as role`.execute(db as never)).rows[0]?.role)
  expect([await whoAsks(lab1), await whoAsks({ ...lab1, doctorId: 3 }), await whoAsks({ ...lab1, organisationId: 3 })])
    .toEqual(['aliquot_app', 'aliquot_portal', 'aliquot_portal'])
  expect(await database.rows(`
    select schemaname, tablename from pg_policies where permissive = 'RESTRICTIVE' and roles <> '{aliquot_portal}'`)).toEqual([])
})

it('runs the whole command again after a deadlock', async () => {
  const [a, b] = await change(lab1, async (tx) => [await write(tx, 'a'), await write(tx, 'b')])
  const both = (x: number, y: number) => change(lab1, async (tx) => {
    await sql`update notes.note set n = n + 1 where id = ${x}`.execute(tx.db)
    await new Promise((resolve) => setTimeout(resolve, 100))
    await sql`update notes.note set n = n + 1 where id = ${y}`.execute(tx.db)
    tx.record('notes.written', { id: x, text: 'again' })
  })
  await Promise.all([both(a?.id ?? 0, b?.id ?? 0), both(b?.id ?? 0, a?.id ?? 0)])
  expect(await database.rows(`select n from notes.note where id in (${a?.id}, ${b?.id})`)).toEqual([{ n: 2 }, { n: 2 }])
})

it('refuses what would slip out of the transaction', async () => {
  let leaked: Tx | undefined
  await change(lab1, async (tx) => {
    leaked = tx
    await write(tx, 'leak')
  })
  await expect(write(leaked as Tx, 'late')).rejects.toThrow('has ended')
  expect(() => leaked?.record('notes.written', { id: 1 })).toThrow('has ended')
  await expect(change(lab1, () => change(lab1, async () => {}))).rejects.toThrow('inside change()')
  await expect(change(lab1, async (tx) => {
    await sql`select 1/0`.execute(tx.db).catch(() => {})
  })).rejects.toThrow('aborted')
  await expect(change(lab1, async (tx) => tx.record('notes.unheard_of', { id: 1 }))).rejects.toThrow('No module declares')
  await expect(read(lab1, async (db) => sql`insert into notes.note (lab_id, text) values (1, 'x')`.execute(db as never))).rejects.toThrow(/read-only/)
  await expect(change(lab1, async (tx) => sql`delete from platform.activity`.execute(tx.db))).rejects.toThrow(/permission denied/)
})
