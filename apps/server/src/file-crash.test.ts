import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { modules } from './modules.ts'
import { anActiveTest } from './modules/catalog/testing.ts'
import { uploadFile } from './modules/reports/upload-file.ts'
import { updateFilePath } from './modules/reports/update-file-path.ts'
import { aBench, anOrder, stateOf } from './modules/reports/testing.ts'
import { cleanUp } from './modules/storage/clean-up.ts'
import { openUpload } from './modules/storage/open-upload.ts'
import { reconcileObject } from './modules/storage/reconcile-object.ts'
import { aPdf } from './modules/storage/testing.ts'
import type { Actor } from './platform/auth/index.ts'
import { closeDocuments } from './platform/documents/index.ts'
import { allJobs, registerModules } from './platform/module/index.ts'
import { objects, useObjects, type ObjectStore } from './platform/objects/index.ts'
import { testDatabase, type TestDatabase } from './platform/testing/index.ts'
import { at } from './platform/unit-of-work/index.ts'

let database: TestDatabase
let admin: Actor
let scanTest: number
let disk: ObjectStore

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  ;({ admin } = await aBench())
  scanTest = (await anActiveTest(admin, { formatType: 4, parameters: [] })).id
  disk = objects()
  // A COMMIT that fails when its turn comes, with everything written that there is to write.
  await database.rows(`
    create table public.fuse (left_over integer);
    create function public.burn() returns trigger language plpgsql security definer set search_path = public as $$ begin
      if exists (select from public.fuse where left_over = 0) then raise exception 'the power went out'; end if;
      return null;
    end $$;
    create constraint trigger burn after insert on platform.activity deferrable initially deferred for each row execute function public.burn()`)
})
afterAll(closeDocuments)

class PowerOut extends Error {}

/**
 * The power goes out at the n-th thing that the system does outside of its own memory: a call of the object store (before it, or after it was done
 * but nobody learnt of it) or a commit. Nothing works from then on, until it is repaired.
 */
class Power {
  left: number
  readonly #after: boolean
  constructor(left: number, after: boolean) {
    this.left = left
    this.#after = after
  }

  get isOut(): boolean {
    return this.left < 0
  }

  store(): ObjectStore {
    const calls = new Set(['put', 'get', 'getStart', 'head', 'remove'])
    return new Proxy(disk, { get: (target, name) => {
      const member = Reflect.get(target, name) as unknown
      if (typeof member !== 'function') return member
      return calls.has(String(name)) ? async (...args: unknown[]) => {
        if (this.isOut) throw new PowerOut()
        this.left--
        if (this.isOut && !this.#after) throw new PowerOut()
        const answer = await member.apply(target, args)
        if (!this.isOut) return answer
        if (answer instanceof Readable) answer.destroy()
        throw new PowerOut()
      } : (...args: unknown[]) => member.apply(target, args)
    } })
  }
}

/** Runs what is queued and due, now or so many hours ahead, as a worker would: what fails stays queued. */
async function work(hoursAhead = 0): Promise<void> {
  for (let round = 0; round < 20; round++) {
    const time = new Date(Date.now() + hoursAhead * 3600_000 + 1000)
    const jobs = await database.rows<{ id: string; task: string; payload: { labId: number } }>(`
      select j.id::text, t.identifier as task, j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where run_at <= $1 order by j.id`, [time])
    if (jobs.length === 0) return
    for (const { id, task, payload } of jobs) {
      await at(time, async () => allJobs().get(task)?.(payload, { actor: admin, attempt: 1, lastAttempt: false }))
      await database.rows('delete from graphile_worker._private_jobs where id = $1', [id])
    }
  }
}

interface Case {
  labReportId: number
  patientId: number
  bytes: Buffer
}

interface Memory {
  filePath?: string
  sent?: boolean
  done?: boolean
}

/** What a browser does, each step again until it is answered: it remembers the path that it was given. */
async function upload({ labReportId, patientId, bytes }: Case, memory: Memory, byLambda: boolean): Promise<void> {
  if (memory.done) return
  memory.filePath ??= (await openUpload(admin, { fileName: 'scan.pdf', contentType: 'application/pdf', size: bytes.length, category: 'FileTypeReport', patientId })).filePath
  if (!memory.sent) await disk.put(memory.filePath, bytes, { contentType: 'application/pdf' })
  memory.sent = true
  await reconcileObject(admin, memory.filePath)
  if (byLambda) {
    const [row] = await database.rows<{ final_path: string }>('select final_path from storage.object where temporary_path = $1', [memory.filePath])
    await updateFilePath({ filePath: row?.final_path ?? '', temporary_filepath: memory.filePath, labReportId }, 'test')
  } else await uploadFile(admin, { labReportId, initialFilePath: memory.filePath })
  memory.done = true
}

const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const keysOf = async (labId: number) => {
  const keys: string[] = []
  for (const folder of [`IN/${labId}/`, `FileTypeReports/IN/${labId}/`]) for await (const { key } of disk.list(folder)) keys.push(key)
  return keys
}

async function aCase(words: string): Promise<Case> {
  const order = await anOrder(admin, [scanTest])
  return { labReportId: order.reports[0]?.id ?? 0, patientId: order.patient.id, bytes: aPdf(words) }
}

/** A form of which the clerk never heard again, a repaired file, its replacement: everything that a file can go through. */
async function whole(one: Case, memory: { first: Memory; second: Memory }, byLambda: boolean): Promise<void> {
  await upload({ ...one, bytes: Buffer.concat([Buffer.from('%junk from a printer\n'.repeat(40)), one.bytes]) }, memory.first, byLambda)
  await work()
  await upload(one, memory.second, byLambda)
  await openUpload(admin, { fileName: 'never sent.pdf', contentType: 'application/pdf', size: 10, category: 'FileTypeReport', patientId: one.patientId })
  await work()
}

describe.each([['before', false], ['after', true]] as const)('when the power goes out %s a thing is done', (_, after) => {
  it.each([['a browser', false], ['the storage\'s function', true]] as const)('no file is lost and none is left over, with %s', async (__, byLambda) => {
    let points = 0
    for (let point = 0; point < 60; point++) {
      const one = await aCase(`case ${point} ${after} ${byLambda}`)
      const memory = { first: {}, second: {} }
      const power = new Power(point, after)
      useObjects(power.store())
      const died = await whole(one, memory, byLambda).then(() => false, (error: unknown) => {
        if (!(error instanceof PowerOut)) throw error
        return true
      })
      useObjects(disk)
      if (died) {
        points++
        await whole(one, memory, byLambda)
      }
      const state = await stateOf(admin, one.labReportId)
      expect(state, `point ${point}`).toMatchObject({ status: 'completed', file: { check: 'passed', object: { state: 'attached', sha256: hash(one.bytes) } } })
      expect((await disk.head(state.file?.object.path ?? ''))?.sha256).toBe(hash(one.bytes))
      if (!died) break
    }
    expect(points).toBeGreaterThan(8)
    await work(26)
    await nothingIsLeftOver()
  })
})

it('a commit that fails at any moment leaves nothing half done', async () => {
  for (let point = 0; point < 4; point++) {
    const one = await aCase(`commit ${point}`)
    const memory = { first: {}, second: {} }
    await database.rows('insert into public.fuse values (0)')
    await expect(whole(one, memory, false)).rejects.toThrow('the power went out')
    await database.rows('delete from public.fuse')
    await whole(one, memory, false)
    expect(await stateOf(admin, one.labReportId)).toMatchObject({ status: 'completed', file: { check: 'passed' } })
  }
  await work(26)
  await nothingIsLeftOver()
})

/** Every byte in the store belongs to a row of the ledger that wants it, and every such row has its bytes. */
async function nothingIsLeftOver(): Promise<void> {
  const wanted = await database.rows<{ path: string; original_path: string | null }>(`
    select path, original_path from storage.object where lab_id = $1 and bytes_deleted_at is null and state in ('verified', 'attached', 'superseded')`, [admin.labId])
  expect((await keysOf(admin.labId)).sort()).toEqual(wanted.flatMap(({ path, original_path: original }) => (original ? [path, original] : [path])).sort())
  expect(await database.rows(`select id, state from storage.object where lab_id = $1 and state in ('reserved', 'uploaded', 'verified')`, [admin.labId])).toEqual([])
  const found = await at(new Date(Date.now() + 60 * 3600_000), () => cleanUp(admin, { dryRun: true }))
  expect(found).toMatchObject({ unused: [], strays: [], lost: [], bytes: 0 })
}
