import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { modules } from './modules.ts'
import { aBill, aDesk, type Desk } from './modules/billing/testing.ts'
import { anActiveTest, aParameter } from './modules/catalog/testing.ts'
import { testAuth } from './modules/labs/testing.ts'
import { aPatient } from './modules/patients/testing.ts'
import { aReceivedOrder, enter, signReport } from './modules/reports/testing.ts'
import { checkNow, keptBytes } from './modules/storage/index.ts'
import { aPdf, aReservation, aStoredObject, anUpload } from './modules/storage/testing.ts'
import { sealActivity, verifyLog } from './platform/activity/index.ts'
import { restoreBackup, writeBackup } from './platform/backup/index.ts'
import { allMigrations, closePool, migrate, openPool } from './platform/db/index.ts'
import { closeDocuments } from './platform/documents/index.ts'
import { registerModules } from './platform/module/index.ts'
import { objects, openObjects } from './platform/objects/index.ts'
import { testDatabase, type TestDatabase } from './platform/testing/index.ts'
import { change } from './platform/unit-of-work/index.ts'

type Ask = (text: string, values: unknown[]) => Promise<Record<string, unknown>[]>

const folder = mkdtempSync(join(tmpdir(), 'aliquot-backup-'))
const databases: string[] = []
let database: TestDatabase
let desk: Desk

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  testAuth(database)
  desk = await aDesk()
  const glucose = (await anActiveTest(desk.admin, { parameters: [aParameter()] })).id
  const { id, version } = await enter(desk.admin, (await aReceivedOrder(desk.admin, [glucose])).reports[0]!.id, { GLU: '15' })
  await change(desk.admin, (tx) => signReport(tx, id, { version }))
  await aPatient(desk.admin, { fullName: 'Tab\\t and "quotes", नमस्ते' })
  await aStoredObject(desk.admin, { bytes: aPdf('kept'), patientId: desk.patientId })
  while ((await sealActivity()) > 0);
  // As if this server had counted its transactions much further than the one on which it will be restored.
  await database.rows('update platform.activity set xid = (xid::text::bigint + 1000000000)::text::xid8')
  await database.rows('update platform.activity_seal set last_xid = (last_xid::text::bigint + 1000000000)::text::xid8')
  await database.rows('select platform.continue_log()')
  await aBill(desk)
})

afterAll(async () => {
  await closeDocuments()
  for (const name of databases) await onServer(`drop database ${name} with (force)`)
  rmSync(folder, { recursive: true, force: true })
})

async function onServer(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgres') })
  await client.connect()
  await client.query(text).finally(() => client.end())
}

async function anEmptyDatabase(): Promise<string> {
  const name = `empty_${randomUUID().replaceAll('-', '')}`
  await onServer(`create database ${name}`)
  databases.push(name)
  return inject('postgres').replace(/\/aliquot$/, `/${name}`)
}

async function ask(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client.query(text).then(({ rows }) => rows).finally(() => client.end())
}

/** Every row of every table as text. */
async function everything(look: Ask): Promise<Record<string, unknown>> {
  const tables = await look(`select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema', 'public') order by 1`, [])
  const found: Record<string, unknown> = {}
  for (const { name } of tables) {
    found[String(name)] = (await look(`select coalesce(array_agg(t::text order by t::text), '{}') as rows from ${String(name)} t`, []))[0]?.rows
  }
  return found
}

const storeIn = (dataFolder: string) => openObjects({ ...database.config, dataFolder })
const source = () => ({ url: database.url, store: objects(), keptBytes, say: () => {} })
const aFolder = () => mkdtempSync(join(folder, 'data-'))
const filesIn = (path: string) => readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())

/** The program itself, as an operator runs it. */
function aliquot(args: string[], url: string, dataFolder: string): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url)), ...args], {
    env: { ...process.env, DATABASE_URL: url, ALIQUOT_DATA: dataFolder, ALIQUOT_SECRET: database.config.secret, LOG_LEVEL: 'silent' },
  })
  let said = ''
  child.stdout.on('data', (chunk) => { said += String(chunk) })
  child.stderr.on('data', (chunk) => { said += String(chunk) })
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })))
}

it('brings back every row, number and file as of one moment, while the lab worked on', async () => {
  const file = join(folder, 'busy.backup')
  const gone = await aStoredObject(desk.admin, { bytes: aPdf('discarded'), patientId: desk.patientId })
  const checkedLater = await anUpload(desk.admin, { bytes: aPdf('checked meanwhile'), patientId: desk.patientId })
  await aReservation(desk.admin, { patientId: desk.patientId })
  const said: string[] = []
  let working = true
  const lab = (async () => {
    while (working) await aBill(desk)
  })()
  let then: Record<string, unknown> = {}
  const manifest = await writeBackup({ ...source(), say: (line) => said.push(line), async *keptBytes(look) {
    then = await everything(look)
    await objects().remove(gone.path)
    // Checked and stored elsewhere, the upload cleared away: the rows still say where it was.
    await checkNow(desk.admin, checkedLater.id)
    await objects().remove(checkedLater.filePath)
    yield* keptBytes(look)
  } }, file)
  working = false
  await lab
  expect(said.join('\n')).toContain(`Not in the store: ${gone.path}`)
  expect(existsSync(`${file}.part`)).toBe(false)

  const [url, dataFolder] = [await anEmptyDatabase(), aFolder()]
  const restored = await aliquot(['restore', file], url, dataFolder)
  expect(restored).toMatchObject({ code: 0 })
  expect(await everything((text) => ask(url, text))).toEqual(then)
  expect(Object.keys(then).length).toBeGreaterThan(100)
  expect(await ask(url, 'select schemaname, sequencename, last_value from pg_sequences order by 1, 2')).toEqual(manifest.sequences
    .map(({ schema, name, last, called }) => ({ schemaname: schema, sequencename: name, last_value: called ? last : null })))
  // Rows were put in without checks: these hold all the same.
  const keys = await ask(url, `select conrelid::regclass as name, conname, pg_get_constraintdef(oid) as says from pg_constraint where contype = 'f'`)
  for (const { name, conname, says } of keys) {
    await ask(url, `alter table ${String(name)} drop constraint "${String(conname)}", add constraint "${String(conname)}" ${String(says)}`)
  }

  const stored = storeIn(database.config.dataFolder)
  const kept = await database.rows<{ path: string }>(`select path from storage.object where state in ('verified', 'attached') and id < ${gone.id}`)
  const again = storeIn(dataFolder)
  expect(kept).toHaveLength(1)
  for (const { path } of kept) expect(await buffer((await again.get(path))!)).toEqual(await buffer((await stored.get(path))!))
  expect(await buffer((await again.get(checkedLater.filePath))!)).toEqual(aPdf('checked meanwhile'))

  await closePool()
  openPool(url, database.config)
  try {
    expect((await verifyLog(null)).flatMap(({ problems }) => problems)).toEqual([])
    const numbers = (await ask(database.url, 'select number from billing.bill')).map(({ number }) => number)
    const bill = await aBill({ ...desk, patientId: (await aPatient(desk.admin)).id })
    expect(numbers).not.toContain(bill.id)
    for (const end = Date.now() + 20_000; Date.now() < end;) {
      await sealActivity()
      if ((await verifyLog(desk.admin.labId))[0]?.unsealed === 0) break
    }
    expect((await verifyLog(null)).map(({ unsealed, problems }) => ({ unsealed, problems }))).toEqual([{ unsealed: 0, problems: [] }])
  } finally {
    await closePool()
    openPool(database.url, database.config)
    storeIn(database.config.dataFolder)
  }
})

it('is made by the command, whose file another release goes on from', async () => {
  const file = join(folder, 'command.backup')
  expect(await aliquot(['backup', file], database.url, database.config.dataFolder)).toMatchObject({ code: 0 })
  const refused = await aliquot(['restore', file], database.url, database.config.dataFolder)
  expect(refused).toEqual({ code: 1, said: expect.stringContaining('This database has a lab. A backup is restored into an empty database only.') })
})

it('restores what an older release kept, and migrates on from there', async () => {
  const [before, last] = allMigrations().slice(-2).map(({ name }) => name)
  const [older, url] = [await anEmptyDatabase(), await anEmptyDatabase()]
  await migrate(older, () => {}, before)
  await ask(older, `insert into platform.activity
      (lab_id, at, xid, actor_kind, actor_name, action, category, subject_type, subject_id, message, request_id)
    values (7, now(), '9000000000', 'staff', 'Asha', 'doors.opened', 1, 'door', 1, 'Opened', 'x')`)
  const file = join(folder, 'older.backup')
  await writeBackup({ ...source(), url: older }, file)
  await restoreBackup({ url, store: storeIn(aFolder()), say: () => {} }, file)
  storeIn(database.config.dataFolder)
  const everyRow = 'select * from platform.activity'
  expect(await ask(url, everyRow)).toEqual(await ask(older, everyRow))
  const applied = await ask(url, 'select max(name) as name, count(*)::int as count from platform.migration')
  expect(applied).toEqual([{ name: last, count: allMigrations().length }])
  expect(await ask(url, `select platform.log_horizon() > '9000000000' as later`)).toEqual([{ later: true }])
  await ask(older, 'drop schema storage cascade')
  await expect(writeBackup({ ...source(), url: older }, file)).rejects.toThrow('storage.object')
})

it('needs a user who may write without triggers, and says so', async () => {
  const [url, role] = [await anEmptyDatabase(), `clerk_${randomUUID().replaceAll('-', '')}`]
  const file = join(folder, 'by-a-clerk.backup')
  await writeBackup(source(), file)
  await onServer(`create role ${role} login password 'x' in role aliquot_app, aliquot_portal`)
  await onServer(`alter database ${new URL(url).pathname.slice(1)} owner to ${role}`)
  const asClerk = url.replace(/postgres:[^@:]*@/, `${role}:x@`)
  const restoring = () => restoreBackup({ url: asClerk, store: storeIn(aFolder()), say: () => {} }, file)
  await expect(restoring()).rejects.toThrow('grant set on parameter session_replication_role')
  await onServer(`grant set on parameter session_replication_role to ${role}`)
  await restoring()
  storeIn(database.config.dataFolder)
  const bills = 'select count(*) from billing.bill'
  expect(await ask(url, bills)).toEqual(await ask(database.url, bills))
})

describe('a file that is not as it was written', () => {
  let whole: Buffer
  let url: string
  const file = join(folder, 'touched.backup')

  beforeAll(async () => {
    await writeBackup(source(), file)
    whole = readFileSync(file)
    url = await anEmptyDatabase()
  })

  const flipped = (at: number) => Buffer.from(whole.map((byte, index) => (index === at ? byte ^ 4 : byte)))
  const first = allMigrations()[0]!
  const hashOf = (hash: string) => `"hash": "${hash}"`
  const rewritten = (from: string, to: string) => gzipSync(Buffer.from(gunzipSync(whole).toString('latin1').replace(from, to), 'latin1'))

  it.each<[string, () => Buffer, RegExp]>([
    ['cut in the middle', () => whole.subarray(0, whole.length / 2), /is damaged or not a backup/],
    ['without its last byte', () => whole.subarray(0, -1), /is damaged or not a backup/],
    ['cut at its beginning', () => whole.subarray(0, 5), /is damaged or not a backup/],
    ['empty', () => Buffer.alloc(0), /is damaged|is not whole/],
    ['with one bit turned in a row', () => flipped(Math.floor(whole.length / 3)), /is damaged or not a backup|was altered/],
    ['with one bit turned near the end', () => flipped(whole.length - 30), /is damaged or not a backup|was altered/],
    ['with a sentence changed and packed again', () => rewritten('Asha Admin', 'Asha Nimda'), /was altered: what it holds of [\w., ]+ is not/],
    ['without its manifest', () => rewritten('manifest.json', 'nothing.json.'), /damaged|altered|its end is missing/],
    ['of a later form', () => rewritten('"format": 1', '"format": 2'), /is of a newer release \(format 2\)/],
    ['of a newer release', () => rewritten('"0001-platform"', '"9999-platform"'), /is of a newer release: it has 9999-platform/],
    ['of a release with another migration', () => rewritten(hashOf(first.hash), hashOf('f'.repeat(64))), /has another 0001-platform/],
    ['no backup at all', () => Buffer.from('select 1'), /is damaged or not a backup/],
  ])('is refused when it is %s, and nothing is written', async (_, touched, says) => {
    writeFileSync(file, touched())
    const dataFolder = aFolder()
    const store = storeIn(dataFolder)
    await expect(restoreBackup({ url, store, say: () => {} }, file)).rejects.toThrow(says)
    storeIn(database.config.dataFolder)
    expect(await ask(url, `select nspname from pg_namespace where nspname !~ '^(pg_|information_schema|public)'`)).toEqual([])
    expect(filesIn(dataFolder)).toEqual([])
  })

  it('leaves no file when the backup fails', async () => {
    const broken = join(folder, 'broken.backup')
    const away = { ...source(), async *keptBytes(look: Ask) {
      yield* keptBytes(look as never)
      throw new Error('the store is away')
    } }
    await expect(writeBackup(away, broken)).rejects.toThrow('the store is away')
    let ended: Promise<unknown> | null = null
    const lost = writeBackup({ ...source(), say: () => {
      ended ??= database.rows(`select pg_terminate_backend(pid, 5000) from pg_stat_activity
        where datname = current_database() and application_name = 'aliquot-backup'`)
    } }, broken)
    await expect(lost).rejects.toThrow(/terminat|connection/)
    await ended
    await expect(writeBackup(source(), join(folder, 'nowhere', 'x.backup'))).rejects.toThrow('ENOENT')
    expect(readdirSync(folder).filter((name) => name.startsWith('broken'))).toEqual([])
  })
})
