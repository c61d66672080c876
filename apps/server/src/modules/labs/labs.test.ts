import { defaultRoles } from '@aliquot/contracts'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '#platform/auth'
import { countStatements } from '#platform/db'
import { registerModules } from '#platform/module'
import { startListening, stopPublishing } from '#platform/realtime'
import { testDatabase, type TestDatabase } from '#platform/testing'
import { change, read } from '#platform/unit-of-work'
import { createLab, type CreatedLab } from './create-lab.ts'
import { createDepartments, departmentIds } from './department-ids.ts'
import { labProfile } from './lab-profile.ts'
import { labs } from './module.ts'
import { aLab } from './testing.ts'
import { updateLab } from './update-lab.ts'

let database: TestDatabase
let lab: CreatedLab

beforeAll(async () => {
  database = await testDatabase()
  registerModules([labs])
  lab = await aLab({ code: 'Main' })
})

const left = () => database.rows(`
  select (select count(*) from labs.lab) as labs, (select count(*) from auth."user") as users, (select count(*) from platform.activity) as log`)

const nextNumber = (labId: number, kind = 'patient') => change(systemActor(labId, 'test'), async (tx) => {
  const { rows: [row] } = await sql<{ n: number }>`select labs.next_number(${kind}) as n`.execute(tx.db)
  return row?.n
})

describe('createLab', () => {
  it('opens a lab with the default roles and an administrator who holds everything', async () => {
    expect(Object.keys(lab.roles)).toEqual(Object.keys(defaultRoles))
    const roles = await database.rows('select name, permissions from labs.role where lab_id = $1 order by id', [lab.labId])
    expect(roles).toEqual(Object.values(defaultRoles).map(({ name, permissions }) => ({ name, permissions: [...permissions] })))
    const [user] = await database.rows(`
      select u.username, a.role_id from labs.account a join auth."user" u on u.id = a.user_id where a.id = $1`, [lab.accountId])
    expect(user).toEqual({ username: 'main/admin', role_id: lab.roles.lab_admin })
  })

  it('refuses a code that another lab has in any case of letters, and leaves nothing', async () => {
    const before = await left()
    await expect(createLab({ code: 'MAIN', name: 'Twin' }, { adminUsername: 'admin', adminName: 'Nobody' })).rejects.toMatchObject({
      code: 'platform.already_exists', errors: [{ path: '/code' }],
    })
    expect(await left()).toEqual(before)
  })

  it('gives each lab numbers of its own', async () => {
    const other = await aLab()
    expect([await nextNumber(lab.labId), await nextNumber(lab.labId), await nextNumber(other.labId)]).toEqual([1, 2, 1])
    await expect(nextNumber(lab.labId, 'unheard_of')).rejects.toThrow(/does not exist/)
  })
})

describe('createDepartments', () => {
  it('adds the missing ones and keeps those that are there', async () => {
    const actor = systemActor(lab.labId, 'test')
    await change(actor, (tx) => createDepartments(tx, [{ code: 'BIO', name: 'Biochemistry', requiredSignRank: 5 }]))
    const ids = await change(actor, (tx) => createDepartments(tx, [{ code: 'bio', name: 'Chemistry' }, { code: 'HAE', name: 'Haematology' }]))
    expect([...ids.keys()]).toEqual(['BIO', 'HAE'])
    expect(await read(actor, departmentIds)).toEqual(ids)
  })
})

describe('the profile', () => {
  it('is asked of the database once, and again after a change', async () => {
    // Hints of what was done before are on their way; they are none of this.
    await stopPublishing()
    const stop = await startListening(database.url)
    const first = await countStatements(() => labProfile(lab.labId))
    const second = await countStatements(() => labProfile(lab.labId))
    expect([first.statements, second.statements]).toEqual([3, 0])
    expect(first.result).toMatchObject({ code: 'Main', zone: 'IN', currency: 'INR', settings: { duplicateWarning: true, worklistDays: 30 } })
    await change(systemActor(lab.labId, 'test'), (tx) => updateLab(tx, { version: 1, name: 'Main Laboratory', settings: { worklistDays: 7 } }))
    await expect.poll(() => labProfile(lab.labId)).toMatchObject({
      name: 'Main Laboratory', version: 2, settings: { duplicateWarning: true, worklistDays: 7 },
    })
    await stop()
  })

  it('takes a time zone and a currency that exist, and tells a stale version', async () => {
    const attempt = (body: Parameters<typeof updateLab>[1]) => change(systemActor(lab.labId, 'test'), (tx) => updateLab(tx, body))
    await expect(attempt({ version: 2, timezone: 'Asia/Atlantis', currency: 'XQQ' })).rejects.toMatchObject({
      code: 'platform.invalid_input', errors: [{ path: '/timezone' }, { path: '/currency' }],
    })
    await expect(attempt({ version: 1, name: 'Old news' })).rejects.toMatchObject({ code: 'platform.stale_version' })
    const kenya = { timezone: 'Africa/Nairobi', currency: 'KES' }
    expect(await attempt({ version: 2, ...kenya })).toMatchObject({ version: 3, ...kenya })
    const [entry] = await database.rows(`select message, detail from platform.activity where action = 'labs.lab_updated' order by id desc limit 1`)
    expect(entry).toEqual({ message: 'Changed the lab: timezone, currency', detail: {
      fields: 'timezone, currency', changes: { timezone: { from: 'Asia/Kolkata', to: 'Africa/Nairobi' }, currency: { from: 'INR', to: 'KES' } },
    } })
  })
})
