import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { systemActor, type Actor } from '#platform/auth'
import { countStatements } from '#platform/db'
import { registerModules } from '#platform/module'
import { testDatabase, type TestDatabase } from '#platform/testing'
import { change, read, type Reader, type Tx } from '#platform/unit-of-work'
import { createDepartment } from './create-department.ts'
import { createDoctor } from './create-doctor.ts'
import { createDomain } from './create-domain.ts'
import { createInsuranceGroup } from './create-insurance-group.ts'
import { createOrganisation } from './create-organisation.ts'
import { createOutsourceLab } from './create-outsource-lab.ts'
import { listDepartments } from './list-departments.ts'
import { listDoctors } from './list-doctors.ts'
import { listDomains } from './list-domains.ts'
import { listInsuranceGroups } from './list-insurance-groups.ts'
import { listOrganisations } from './list-organisations.ts'
import { listOutsourceLabs } from './list-outsource-labs.ts'
import { listRoles } from './list-roles.ts'
import { listStaff } from './list-staff.ts'
import { labs } from './module.ts'
import { aLab } from './testing.ts'
import { updateDepartment } from './update-department.ts'
import { updateDoctor } from './update-doctor.ts'
import { updateDomain } from './update-domain.ts'
import { updateInsuranceGroup } from './update-insurance-group.ts'
import { updateOrganisation } from './update-organisation.ts'
import { updateOutsourceLab } from './update-outsource-lab.ts'

let database: TestDatabase
let here: Actor
let there: Actor

beforeAll(async () => {
  database = await testDatabase()
  registerModules([labs])
  here = systemActor((await aLab()).labId, 'test')
  there = systemActor((await aLab()).labId, 'test')
})

interface Row {
  id: number
  version: number
  name: string
  disabled: boolean
}
interface Kind {
  create(tx: Tx, body: { name: string; code: string }): Promise<Row>
  update(tx: Tx, id: number, body: { version: number; name?: string; disabled?: boolean }): Promise<Row>
  list(db: Reader, query: { limit?: number; cursor?: string; q?: string; disabled?: boolean }): Promise<{ items: Row[]; next: string | null }>
  /** The field that two rows of a lab cannot share. */
  unique: string
}

const kinds: Record<string, Kind> = {
  organisation: {
    create: (tx, body) => createOrganisation(tx, { kind: 'clinic', ...body }), update: updateOrganisation, list: listOrganisations, unique: '/code',
  },
  doctor: {
    create: (tx, { name, code }) => createDoctor(tx, { name, registrationNumber: code }), update: updateDoctor, list: listDoctors,
    unique: '/registrationNumber',
  },
  department: { create: createDepartment, update: updateDepartment, list: (db, { q: _, ...query }) => listDepartments(db, query), unique: '/code' },
  'outsource lab': { create: createOutsourceLab, update: updateOutsourceLab, list: listOutsourceLabs, unique: '/code' },
  'insurance group': { create: createInsuranceGroup, update: updateInsuranceGroup, list: listInsuranceGroups, unique: '/code' },
  domain: { create: createDomain, update: updateDomain, list: listDomains, unique: '/code' },
}

describe.each(Object.entries(kinds))('%s', (thing, { create, update, list, unique }) => {
  it('is created, changed, disabled and logged', async () => {
    const row = await change(here, (tx) => create(tx, { name: 'Ashoka', code: 'ASH' }))
    expect(row).toMatchObject({ version: 1, name: 'Ashoka', disabled: false })
    const after = await change(here, (tx) => update(tx, row.id, { version: 1, name: 'Ashok', disabled: true }))
    expect(after).toEqual({ ...row, version: 2, name: 'Ashok', disabled: true })
    expect(await change(here, (tx) => update(tx, row.id, { version: 2, name: 'Ashok' }))).toEqual(after)
    const log = await database.rows('select message from platform.activity order by id desc limit 2')
    expect(log.map(({ message }) => message)).toEqual([
      `Changed the ${thing} Ashok: name, disabled`, expect.stringMatching(`^Created the ${thing} Ashoka`),
    ])
  })

  it('refuses a twin, a stale version and the row of another lab, and leaves nothing of a command that throws', async () => {
    await expect(change(here, (tx) => create(tx, { name: 'Other', code: 'ash' }))).rejects.toMatchObject({
      code: 'platform.already_exists', errors: [{ path: unique }],
    })
    const { items: [row] } = await read(here, (db) => list(db, { disabled: true }))
    const id = row?.id ?? 0
    await expect(change(here, (tx) => update(tx, id, { version: 1, name: 'Late' }))).rejects.toMatchObject({ code: 'platform.stale_version' })
    await expect(change(there, (tx) => update(tx, id, { version: 2, name: 'Theirs' }))).rejects.toMatchObject({ code: 'platform.not_found' })
    await change(there, (tx) => create(tx, { name: 'Same code elsewhere', code: 'ASH' }))
    await expect(change(here, async (tx) => {
      await create(tx, { name: 'Never', code: 'NEVER' })
      throw new Error('no')
    })).rejects.toThrow('no')
    expect(JSON.stringify(await read(here, (db) => list(db, {})))).not.toContain('Never')
  })

  it('is listed page by page, at the same cost for one row and for fifty', async () => {
    const one = await countStatements(() => read(here, (db) => list(db, { limit: 1 })))
    await change(here, async (tx) => {
      for (let i = 0; i < 50; i++) await create(tx, { name: `${i % 2 ? 'élan' : 'Elan'} ${String(i).padStart(2, '0')}`, code: `E${i}` })
    })
    const fifty = await countStatements(() => read(here, (db) => list(db, { limit: 50 })))
    expect([fifty.result.items.length, fifty.statements]).toEqual([50, one.statements])
    const seen: Row[] = []
    let cursor: string | null = null
    do {
      const page: { items: Row[]; next: string | null } = await read(here, (db) => list(db, { limit: 20, ...(cursor && { cursor }) }))
      seen.push(...page.items)
      cursor = page.next
    } while (cursor)
    expect(new Set(seen.map(({ id }) => id)).size).toBe(51)
    expect(seen).toHaveLength(51)
    if (thing !== 'department') expect(seen.map(({ name }) => name)).toEqual(seen.map(({ name }) => name).toSorted(new Intl.Collator('en').compare))
    await expect(read(here, (db) => list(db, { cursor: 'nonsense' }))).rejects.toMatchObject({ code: 'platform.bad_cursor' })
  })

  it.skipIf(thing === 'department')('is found by name, with a typing error', async () => {
    await change(here, (tx) => create(tx, { name: 'Sunrise Wellness', code: 'SUN' }))
    expect((await read(here, (db) => list(db, { q: 'sunrise welness' }))).items.map(({ name }) => name)).toEqual(['Sunrise Wellness'])
    expect((await read(there, (db) => list(db, { q: 'sunrise welness' }))).items).toEqual([])
  })
})

describe('insurance groups', () => {
  it('need only a name, which no other group of the lab has', async () => {
    const group = await change(here, (tx) => createInsuranceGroup(tx, { name: 'Star Health' }))
    expect(group).toMatchObject({ code: null, payerId: null, disabled: false })
    await change(here, (tx) => createInsuranceGroup(tx, { name: 'Care Health', payerId: 'CARE01' }))
    await expect(change(here, (tx) => createInsuranceGroup(tx, { name: 'STAR health' }))).rejects.toMatchObject({
      code: 'platform.already_exists', errors: [{ path: '/name' }],
    })
    await change(there, (tx) => createInsuranceGroup(tx, { name: 'Star Health' }))
  })
})

describe('domains', () => {
  it('hold organisations; those of a sub-domain count for the domain when organisations are listed', async () => {
    const [a, b, c] = await change(here, async (tx) => [
      await createOrganisation(tx, { name: 'A', code: 'D-A', kind: 'hospital' }),
      await createOrganisation(tx, { name: 'B', code: 'D-B', kind: 'clinic' }),
      await createOrganisation(tx, { name: 'C', code: 'D-C', kind: 'clinic' }),
    ] as const)
    const north = await change(here, (tx) => createDomain(tx, { name: 'North', code: 'NORTH', organisationIds: [a.id] }))
    const delhi = await change(here, (tx) => createDomain(tx, { name: 'Delhi', code: 'DELHI', parentId: north.id, organisationIds: [c.id, b.id] }))
    expect(delhi).toMatchObject({ parentId: north.id, organisationIds: [b.id, c.id], organisations: 2 })
    const within = async (domainId: number) => (await read(here, (db) => listOrganisations(db, { domainId }))).items.map(({ name }) => name)
    expect([await within(north.id), await within(delhi.id)]).toEqual([['A', 'B', 'C'], ['B', 'C']])
    expect((await read(here, (db) => listDomains(db, { parentId: north.id }))).items).toEqual([delhi])

    expect(await change(here, (tx) => updateDomain(tx, delhi.id, { version: 1, organisationIds: [c.id] }))).toMatchObject({
      organisationIds: [c.id], organisations: 1, version: 2,
    })
    for (const parentId of [delhi.id, north.id]) {
      await expect(change(here, (tx) => updateDomain(tx, north.id, { version: 1, parentId }))).rejects.toMatchObject({ code: 'labs.domain_cycle' })
    }
  })

  it('take nothing of another lab', async () => {
    const theirs = await change(there, (tx) => createOrganisation(tx, { name: 'Theirs', code: 'THEIRS', kind: 'other' }))
    const mine = await change(here, (tx) => createOrganisation(tx, { name: 'Mine', code: 'MINE', kind: 'other' }))
    const foreign = { name: 'x', code: 'X', parentId: 99_999, organisationIds: [mine.id, theirs.id] }
    await expect(change(here, (tx) => createDomain(tx, foreign))).rejects.toMatchObject({
      errors: [{ path: '/parentId', code: 'platform.not_found' }, { path: '/organisationIds/1', code: 'platform.not_found' }],
    })
  })
})

describe('row-level security', () => {
  it('shows a portal user only their own organisation and doctor', async () => {
    const organisation = await change(here, (tx) =>
      createOrganisation(tx, { name: 'Portal', code: 'PORTAL', kind: 'clinic', discountPercent: 12.5, creditLimit: 500_000 }))
    const doctor = await change(here, (tx) => createDoctor(tx, { name: 'Dr. Portal', organisationId: organisation.id }))
    expect(organisation).toMatchObject({ discountPercent: 12.5, creditLimit: 500_000 })
    expect(doctor.organisation).toEqual({ id: organisation.id, name: 'Portal' })
    expect((await read({ ...here, organisationId: organisation.id }, (db) => listOrganisations(db, {}))).items).toEqual([organisation])
    expect((await read({ ...here, doctorId: doctor.id }, (db) => listDoctors(db, {}))).items).toEqual([doctor])
  })

  it('keeps staff and roles of another lab out of sight', async () => {
    const [mine, theirs] = [await read(here, (db) => listStaff(db, {})), await read(there, (db) => listStaff(db, {}))]
    expect(mine.items).toHaveLength(1)
    expect(mine.items[0]?.id).not.toBe(theirs.items[0]?.id)
    const users = await read(here, (db) => sql<{ n: number }>`select count(*) as n from auth."user"`.execute(db as never))
    expect(users.rows).toEqual([{ n: 1 }])
    const roles = await read(here, (db) => listRoles(db, {}))
    expect(roles.items).toHaveLength(8)
    expect(roles.items.find(({ name }) => name === 'Lab administrator')?.accounts).toBe(1)
  })
})
