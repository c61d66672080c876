import { beforeAll, describe, expect, it } from 'vitest'
import { testDatabase, type TestDatabase } from '../testing/index.ts'
import { freeLostJobs } from './free-lost-jobs.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})

const add = async (key: string, lockedBy: string, secondsAgo: number) => {
  await database.rows(`select graphile_worker.add_job('some.job', '{}', job_key => $1)`, [key])
  await database.rows(`update graphile_worker._private_jobs set locked_by = $2, locked_at = now() - $3 * interval '1 second' where key = $1`, [key, lockedBy, secondsAgo])
}
const lockedBy = async (key: string) => (await database.rows<{ locked_by: string | null }>('select locked_by from graphile_worker._private_jobs where key = $1', [key]))[0]?.locked_by

describe('the jobs of workers that died', () => {
  it('are freed, and nobody else\'s', async () => {
    await freeLostJobs(['worker-elsewhere'])
    await freeLostJobs(['worker-mine'])
    await add('dead', 'worker-dead', 300)
    await add('mine', 'worker-mine', 300)
    await add('elsewhere', 'worker-elsewhere', 300)
    await add('just taken', 'worker-new', 2)
    await freeLostJobs(['worker-mine'])
    expect(await Promise.all(['dead', 'mine', 'elsewhere', 'just taken'].map(lockedBy))).toEqual([null, 'worker-mine', 'worker-elsewhere', 'worker-new'])
  })

  it('include those of a worker that was seen long ago', async () => {
    await add('silent', 'worker-silent', 300)
    await freeLostJobs(['worker-silent'])
    await database.rows(`update platform.worker set seen_at = now() - interval '2 minutes' where id = 'worker-silent'`)
    await freeLostJobs([])
    expect(await lockedBy('silent')).toBeNull()
  })
})
