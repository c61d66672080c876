import { buffer } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import { beforeAll, expect, it } from 'vitest'
import { systemActor } from '../auth/index.ts'
import { registerModules } from '../module/index.ts'
import { testDatabase, type TestDatabase } from '../testing/index.ts'
import { change, read } from '../unit-of-work/index.ts'
import { activityCsv, activityOf, sealActivity, verifyLog, verifyStretch, viewed } from './index.ts'

let database: TestDatabase
const actor = systemActor(7, 'tester')

beforeAll(async () => {
  database = await testDatabase()
  registerModules([{ name: 'doors', routes: [], actions: { 'doors.opened': { category: 1, subject: 'door', says: 'Opened {name}' }, 'doors.viewed': { category: 2, subject: 'door', says: 'Looked at {name}' } } }])
})

const open = (id: number) => change(actor, async (tx) => tx.record('doors.opened', { id, name: `door ${id}` }))

// A row is sealed once no older transaction of the whole cluster runs, and other test files have transactions of their own.
async function sealUpTo(rows: number): Promise<void> {
  const end = Date.now() + 20_000
  while ((await verifyLog(7))[0]?.rows !== rows && Date.now() < end) await sealActivity()
}

it('seals in links that verify, also while commands run', async () => {
  const commands = Promise.all(Array.from({ length: 60 }, (_, i) => open(i + 1)))
  await sealActivity()
  await commands
  await sealUpTo(60)
  await open(61)
  const [verdict] = await verifyLog(7)
  expect(verdict).toMatchObject({ labId: 7, rows: 60, unsealed: 1, problems: [] })
  await sealUpTo(61)
  expect((await verifyLog(null))[0]).toMatchObject({ rows: 61, unsealed: 0, problems: [] })
})

it('verifies stretch by stretch as it verifies the whole', async () => {
  const stretches = []
  for (let from: number | null = 1; from !== null;) {
    const stretch: Awaited<ReturnType<typeof verifyStretch>> = await verifyStretch(7, from, 1)
    stretches.push(stretch)
    from = stretch.goOnAt
  }
  expect(stretches.length).toBeGreaterThan(1)
  expect(stretches.reduce((sum, { rows }) => sum + rows, 0)).toBe(61)
  expect(stretches.flatMap(({ problems }) => problems)).toEqual([])
  expect(await verifyStretch(8, 1, 5)).toEqual({ links: 0, rows: 0, unsealed: 0, problems: [], goOnAt: null })
})

it('is exported whole, one line an entry, with nothing that a spreadsheet would run', async () => {
  await change({ ...actor, labId: 9, name: '=HYPERLINK("x")' }, async (tx) => {
    for (let id = 1; id <= 1100; id++) tx.record('doors.opened', { id, name: id === 1 ? 'one, "two"\nthree' : `${id}` }, { n: id })
  })
  const csv = String(await buffer(activityCsv({ ...actor, labId: 9 }, {})))
  expect(csv.startsWith('\uFEFFid,at,actor')).toBe(true)
  const rows = parse(csv, { bom: true, columns: true }) as Record<string, string>[]
  expect(rows).toHaveLength(1100)
  expect(rows.at(-1)).toMatchObject({ actor: `'=HYPERLINK("x")`, message: 'Opened one, "two"\nthree', detail: '{"n":1}', subject: 'door', subject_id: '1', category: '1' })
  expect(parse(String(await buffer(activityCsv({ ...actor, labId: 9 }, { subjectType: 'door', subjectId: 7 }))), { bom: true })).toHaveLength(2)
  expect(parse(String(await buffer(activityCsv({ ...actor, labId: 10 }, {}))), { bom: true })).toHaveLength(1)
})

it('is read by record', async () => {
  const of = (filter: Parameters<typeof activityOf>[1]) => read(actor, (db) => activityOf(db, filter))
  expect((await of({ subjectType: 'door', subjectId: 3 })).items.map(({ message }) => message)).toEqual(['Opened door 3'])
  expect((await of({ subjectType: 'window', subjectId: 3 })).items).toEqual([])
})

it('names the entry that was changed, removed or put in', async () => {
  await database.rows(`update platform.activity set message = 'Opened nothing' where subject_id = 5`)
  await database.rows(`delete from platform.activity where subject_id = 9`)
  await database.rows(`insert into platform.activity (lab_id, at, xid, actor_kind, actor_name, action, category, subject_type, subject_id, message, request_id)
    values (7, now(), '3', 'staff', 'Nobody', 'doors.opened', 1, 'door', 99, 'Opened door 99', 'x')`)
  const [verdict] = await verifyLog(7)
  // Doors are opened at once: which entry stands before which in the chain is not said.
  expect(verdict?.problems.map((p) => p.message.replace(/\d+/, 'N')).sort())
    .toEqual(['entry N was changed after it had been sealed', 'entry N was put in behind the sealed end', 'entry N was removed'])
})

it('notices a link that was rewritten together with its entries', async () => {
  await database.rows(`update platform.activity_seal set hash = sha256('forged'), row_hashes = row_hashes where sequence = 1`)
  const [verdict] = await verifyLog(7)
  expect(verdict?.problems.some((p) => /link 1 does not match/.test(p.message))).toBe(true)
  expect(verdict?.problems.some((p) => /link 2 does not continue/.test(p.message))).toBe(true)
})

it('records a look once in five minutes', async () => {
  for (let i = 0; i < 3; i++) await viewed({ ...actor, userId: 'u' }, 'doors.viewed', { id: 3, name: 'door 3' })
  expect(await database.rows(`select message from platform.activity where action = 'doors.viewed'`)).toEqual([{ message: 'Looked at door 3' }])
})
