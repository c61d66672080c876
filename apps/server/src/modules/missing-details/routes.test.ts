import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { MissingDetail, MissingDetailsConfig, MissingDetailsSummary, MissingDetailsTemplate, Permission } from '@aliquot/contracts'
import { modules } from '../../modules.ts'
import { createDoctor, createOrganisation } from '../labs/index.ts'
import { aLab, signInAs, testAuth, type SignedIn } from '../labs/testing.ts'
import { aPatient } from '../patients/testing.ts'
import { systemActor } from '#platform/auth'
import { createApp } from '#platform/http'
import { registerModules } from '#platform/module'
import { testDatabase, type TestDatabase } from '#platform/testing'
import { at, change, read } from '#platform/unit-of-work'
import { fields } from './fields.ts'
import { watch } from './testing.ts'

let database: TestDatabase
let app: FastifyInstance
let clerk: SignedIn
let stranger: SignedIn
const may: Permission[] = ['missing_details.view', 'missing_details.resolve', 'missing_details.configure', 'patients.view', 'patients.register',
  'patients.update']
const templates = '/api-v3/registration/patients/missing-details-templates'
const config = '/api-v3/registration/patients/lab-missing-details-config'
const list = '/api-v3/account/missing-details/lab-fields'

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  app = await createApp({ config: database.config, auth: testAuth(database), modules, enforceBudgets: true })
  clerk = await signInAs(await aLab(), may)
  stranger = await signInAs(await aLab(), may)
})

async function call<T = Record<string, unknown>>(who: SignedIn, method: 'GET' | 'POST' | 'PUT' | 'PATCH', url: string, body?: object) {
  const answer = await app.inject({ method, url, headers: who.headers, ...(body ? { payload: body } : {}) })
  return { status: answer.statusCode, body: answer.json() as T }
}
const all = <T>(who: SignedIn, url: string) => call<{ items: T[]; next: string | null }>(who, 'GET', url).then(({ body }) => body.items)
const save = (who: SignedIn, ...configs: object[]) => call<{ items: MissingDetailsConfig[]; errors?: unknown }>(who, 'POST', config, { configs })

describe('the catalogue', () => {
  it('is the same in the database and in fields.ts, and says what each field takes', async () => {
    const items = await all<MissingDetailsTemplate>(clerk, templates)
    const typed = Object.entries(fields).flatMap(([module, of]) => Object.entries(of).map(([name, { entity }]) => [module, name, entity ?? null]))
    expect(items.map(({ field_module, field_name, entity }) => [field_module, field_name, entity]).sort()).toEqual(typed.sort())
    expect(items.find(({ fieldName }) => fieldName === 'sex')).toMatchObject({ input: 'choice', options: ['unknown', 'other'], field_category: 'identity' })
  })
})

describe('the configuration', () => {
  it('is made, changed and disabled in one call by the names of the seed or ours; all errors at once', async () => {
    const made = await save(clerk, { field_name: 'city', field_module: 'patients', field_value: ' Unknown ' },
      { fieldName: 'notes', fieldModule: 'billing', fieldValue: 'to ask', blocksRelease: true })
    expect(made).toMatchObject({ status: 200, body: { items: [
      { field_name: 'city', fieldValue: 'Unknown', is_disabled: false, version: 1, updatedBy: { id: clerk.accountId } }, { blocks_release: true }] } })
    const changed = await save(clerk, { field_name: 'city', field_module: 'patients', field_value: 'nil', version: 1 },
      { field_name: 'notes', field_module: 'billing', is_disabled: true })
    expect(changed.body.items).toMatchObject([{ field_value: 'nil', version: 2 }, { field_value: 'to ask', isDisabled: true, blocksRelease: true }])
    expect(await all(clerk, config)).toHaveLength(1)
    expect(await all(clerk, `${config}?is_disabled=true`)).toHaveLength(1)
    expect(await all(stranger, config)).toEqual([])
    expect(await save(clerk, { field_name: 'city', field_module: 'patients', version: 1 })).toMatchObject({ status: 409,
      body: { code: 'platform.stale_version' } })
    const wrong = await save(clerk, { field_name: 'shoe', field_module: 'patients', field_value: 'x' }, { field_name: 'email', field_module: 'patients' },
      { field_name: 'phone', field_module: 'patients', field_value: 'none' }, { field_name: 'sex', field_module: 'patients', field_value: 'male' },
      { field_name: 'birthDate', field_module: 'patients', field_value: '0000-00-00' }, { field_name: 'icd', field_module: 'billing', field_value: 'zz' })
    expect(wrong).toMatchObject({ status: 400, body: { errors: ['/configs/0/fieldName', ...[1, 2, 3, 4, 5].map((n) => `/configs/${n}/fieldValue`)]
      .map((path) => ({ path })) } })
  })
})

describe('the list', () => {
  it('filters, pages, confirms and reopens in bulk; another lab\'s ids touch nothing and are said not to exist', async () => {
    const lab = await aLab()
    const who = await signInAs(lab, may)
    const actor = systemActor(lab.labId, 'desk')
    await watch(actor, 'patients.city', 'unknown')
    await watch(actor, 'patients.pincode', '000000')
    for (const day of ['2026-03-02', '2026-03-09', '2026-03-16']) {
      await at(new Date(`${day}T06:00:00Z`), () => aPatient(actor, { city: 'unknown', pincode: '000000' }))
    }
    const first = await call<{ items: MissingDetail[]; next: string }>(who, 'GET', `${list}?limit=4&is_resolved=false`)
    const rest = await call<{ items: MissingDetail[]; next: null }>(who, 'GET', `${list}?limit=4&is_resolved=false&cursor=${first.body.next}`)
    expect([...first.body.items, ...rest.body.items].map(({ id }) => id)).toHaveLength(6)
    expect(rest.body.next).toBeNull()
    const [one, two] = first.body.items as [MissingDetail, MissingDetail]
    expect(await all(who, `${list}?field_name=city&module=patients&from=2026-03-05&to=2026-03-12`)).toHaveLength(1)
    expect(await all(who, `${list}?user_details_id=${one.patient.id}`)).toHaveLength(2)

    const foreign = await call(stranger, 'PATCH', list, { ids: [one.id, two.id], is_resolved: true })
    expect(foreign).toMatchObject({ status: 200, body: { updated: 0, outcomes: [{ ok: false, code: 'platform.not_found' }, { ok: false }] } })
    expect(await call(who, 'PATCH', list, { ids: [one.id, 99_999_999], is_resolved: true })).toMatchObject({
      body: { updated: 1, outcomes: [{ id: one.id, ok: true, state: 'confirmed' }, { ok: false, code: 'platform.not_found' }] } })
    expect((await all<MissingDetail>(who, `${list}?is_resolved=true`))[0]).toMatchObject({ id: one.id, state: 'confirmed',
      resolved_by_lab_user: { id: who.accountId }, resolved_at: expect.any(String) as string })
    expect(await call(who, 'PATCH', list, { ids: [one.id], is_resolved: true })).toMatchObject({ body: { updated: 0, outcomes: [{ ok: true }] } })
    expect(await call(who, 'PATCH', list, { ids: [one.id, two.id], isResolved: false })).toMatchObject({ body: { updated: 1 } })
    expect((await all<MissingDetail>(who, list)).find(({ id }) => id === one.id)).toMatchObject({ state: 'open', resolved_at: null,
      resolved_by_lab_user: null })
  })

  it('cannot reopen what was edited since', async () => {
    const actor = clerk.actor
    await watch(actor, 'patients.city', 'nil')
    const patient = await aPatient(actor, { city: 'nil' })
    const [{ id } = { id: 0 }] = await all<MissingDetail>(clerk, `${list}?userDetailsId=${patient.id}`)
    await call(clerk, 'POST', '/api-v3/registration/patients/new', { userDetailsId: patient.id, version: 1, city: 'Pune' })
    expect(await call(clerk, 'PATCH', list, { ids: [id], is_resolved: false })).toMatchObject({
      body: { updated: 0, outcomes: [{ ok: false, state: 'edited', code: 'missing_details.value_changed' }] } })
  })

  it('shows an organisation its own and a doctor theirs, who resolve in their own name', async () => {
    const lab = await aLab()
    const actor = systemActor(lab.labId, 'desk')
    await watch(actor, 'patients.city', 'unknown')
    const organisation = await change(actor, (tx) => createOrganisation(tx, { name: 'City', code: 'C', kind: 'clinic' }))
    const doctor = await change(actor, (tx) => createDoctor(tx, { name: 'Dr. Rao' }))
    const theirs = await aPatient(actor, { city: 'unknown', organisationId: organisation.id })
    const his = await aPatient(actor, { city: 'unknown', doctorId: doctor.id })
    const ids = (await read(actor, (db) => db.selectFrom('missing_details.incident').select('id').execute())).map(({ id }) => id)
    const portal = await signInAs(lab, may, { kind: 'organisation', organisationId: organisation.id })
    const referrer = await signInAs(lab, may, { kind: 'doctor', doctorId: doctor.id })
    expect(await all(portal, list)).toMatchObject([{ patient: { id: theirs.id }, organisation: { name: 'City' } }])
    expect(await call(portal, 'PATCH', list, { ids, is_resolved: true })).toMatchObject({ body: { updated: 1 } })
    expect(await call(referrer, 'PATCH', list, { ids, is_resolved: true })).toMatchObject({ body: { updated: 1 } })
    expect(await all(referrer, list)).toMatchObject([{ patient: { id: his.id }, resolved_by_doctor: { id: referrer.accountId }, resolved_by_lab_user: null }])
    expect(await all(await signInAs(lab, may), `${list}?is_resolved=true`)).toHaveLength(2)
  })

  it('sums up by field and by week', async () => {
    const lab = await aLab({ timezone: 'Asia/Kolkata' })
    const who = await signInAs(lab, may)
    const actor = systemActor(lab.labId, 'desk')
    const day = (text: string) => new Date(`${text}T00:00:00Z`)
    await at(day('2026-02-01'), () => watch(actor, 'patients.city', 'unknown', { blocksRelease: true }))
    for (const each of ['2026-03-03', '2026-03-10', '2026-03-11']) await at(day(each), () => aPatient(actor, { city: 'unknown' }))
    const [last] = await all<MissingDetail>(who, `${list}?from=2026-03-11`)
    await at(day('2026-03-17'), () => call(who, 'PATCH', list, { ids: [last!.id], is_resolved: true }))
    const { body } = await at(day('2026-03-18'), () => call<MissingDetailsSummary>(who, 'GET', '/api/missing-details/summary'))
    expect(body).toMatchObject({ open: 2, blocking: 2, patients: 2, resolvedThisWeek: 1, fields: [{ fieldName: 'city', open: 2 }] })
    expect(body.weeks).toHaveLength(12)
    expect(body.weeks.slice(-4).map(({ day: monday, open, opened, resolved }) => [monday, open, opened, resolved])).toEqual([
      ['2026-02-23', 0, 0, 0], ['2026-03-02', 1, 1, 0], ['2026-03-09', 3, 2, 0], ['2026-03-16', 2, 0, 1]])
  })
})

it('runs the three statements of the support sheet as they are written', async () => {
  const lab = await aLab()
  const actor = systemActor(lab.labId, 'desk')
  await watch(actor, 'patients.city', 'unknown')
  await watch(actor, 'patients.pincode', '000000', { disabled: true })
  await watch(actor, 'patients.organisation', 'Unknown clinic')
  const { id } = await aPatient(actor, { city: 'unknown', pincode: '000000' })
  await aPatient(actor, { city: 'unknown' })
  const sheet = readFileSync(new URL('support-sheet.sql', import.meta.url), 'utf8').split(';').map((text) => text.trim()).filter(Boolean)
  const answers: Record<string, unknown>[][] = []
  for (const [place, statement] of sheet.entries()) {
    const values = place === 1 ? [lab.labId, id] : [lab.labId]
    const parts = statement.split('?')
    const query = sql.join(parts.flatMap((part, index) => [sql.raw(part), ...(index < values.length ? [sql.val(values[index])] : [])]), sql``)
    answers.push((await read(actor, (db) => sql<Record<string, unknown>>`${query}`.execute(db as never))).rows)
    expect((await read(stranger.actor, (db) => sql`${query}`.execute(db as never))).rows).toEqual([])
  }
  expect(answers).toMatchObject([
    [{ field_name: 'city', field_value: 'unknown', field_module: 'patients', field_category: 'contact', is_disabled: 0 }, { field_name: 'organisation' }],
    [{ field_name: 'city', is_resolved: 0, resolved_at: null }],
    [{ entity_name: 'Unknown clinic', object_id: expect.stringMatching(/^\d+$/) as string, lab_id: lab.labId, org_id: null }],
  ])
  expect(Object.keys(answers[1]?.[0] ?? {})).toEqual(['id', 'field_name', 'field_value', 'field_module', 'is_resolved', 'created_at', 'resolved_at'])
})
