import type { FastifyInstance } from 'fastify'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Antibiotic, DeviceGene, Gene, Organism } from '@aliquot/contracts'
import { labs } from '../labs/module.ts'
import { aLab, signInAs, testAuth } from '../labs/testing.ts'
import { createApp } from '#platform/http'
import { registerModules } from '#platform/module'
import { modules } from '../../modules.ts'
import { testDatabase } from '#platform/testing'
import { molecular } from './module.ts'

let app: FastifyInstance
let headers: { authorization: string }
let readOnly: { authorization: string }
let strangers: { authorization: string }

beforeAll(async () => {
  const database = await testDatabase()
  registerModules(modules)
  app = await createApp({ config: database.config, auth: testAuth(database), modules: [labs, molecular], enforceBudgets: true })
  const lab = await aLab()
  headers = (await signInAs(lab, ['molecular.view', 'molecular.manage'])).headers
  readOnly = (await signInAs(lab, ['molecular.view'])).headers
  strangers = (await signInAs(await aLab(), ['molecular.view', 'molecular.manage'])).headers
})

type Method = 'GET' | 'POST' | 'DELETE'

async function ask<T>(method: Method, url: string, payload?: object, as = headers): Promise<T & { status: number; code?: string }> {
  const answer = await app.inject({ method, url, headers: as, ...(payload ? { payload } : {}) })
  return { ...answer.json(), status: answer.statusCode }
}
const get = <T>(url: string, as = headers) => ask<T>('GET', url, undefined, as)
const post = <T>(url: string, payload?: object, as = headers) => ask<T>('POST', url, payload, as)
const idsOf = (list: { items: { id: number }[] }) => list.items.map(({ id }) => id)
type List = { items: { id: number; name: string; is_disabled: boolean }[] }

describe.each(['gene', 'antibiotic', 'organism'] as const)('/reporting/%ss/', (kind) => {
  const root = `/reporting/${kind}s`

  it('creates, shows, lists, changes, disables and enables, with and without a trailing slash', async () => {
    const made = await post<Gene>(`${root}/new/`, { name: `Fresh ${kind}`, code: 'X1', cpt_code: '87798' })
    expect(made).toMatchObject({ status: 201, name: `Fresh ${kind}`, code: 'X1', cpt_code: '87798', is_disabled: false })
    expect((await post(`${root}/new`, { name: `fresh ${kind.toUpperCase()}` })).code).toBe('platform.already_exists')
    for (const url of [`${root}/${made.id}`, `${root}/${made.id}/`]) expect(await get(url)).toMatchObject({ status: 200, id: made.id })
    for (const url of [`${root}/`, root, `${root}/?is_disabled=0`, `${root}?is_disabled=0`]) {
      const list = await get<List>(url)
      expect(idsOf(list)).toContain(made.id)
      expect(list.items.every((each) => !each.is_disabled)).toBe(true)
    }
    expect(await post(`${root}/${made.id}/update/`, { name: `Other ${kind}` })).toMatchObject({ status: 200, name: `Other ${kind}`, version: 2 })
    expect(await post(`${root}/${made.id}/disable/`)).toMatchObject({ status: 200, is_disabled: true })
    expect(idsOf(await get<List>(`${root}/?is_disabled=1`))).toEqual([made.id])
    expect(idsOf(await get<List>(`${root}/`))).not.toContain(made.id)
    expect(await post(`${root}/${made.id}/enable`)).toMatchObject({ status: 200, is_disabled: false })
    expect(idsOf(await get<List>(`${root}/?is_disabled=1`))).toEqual([])
  })

  it('is changed by those alone who may, and hides what is another lab\'s', async () => {
    const { id } = await post<Gene>(`${root}/new/`, { name: `Hidden ${kind}` })
    for (const path of ['new/', `${id}/update/`, `${id}/disable/`, `${id}/enable/`, `${id}/copy/`]) {
      expect((await post(`${root}/${path}`, { name: 'x' }, readOnly)).status).toBe(403)
    }
    for (const path of [`${id}/update/`, `${id}/disable/`, `${id}/enable/`, `${id}/copy/`]) {
      expect((await post(`${root}/${path}`, { name: 'x' }, strangers)).status, path).toBe(404)
    }
    expect((await get(`${root}/${id}`, strangers)).status).toBe(404)
    expect(idsOf(await get<List>(`${root}/`, strangers))).not.toContain(id)
    expect((await get(`${root}/?is_disabled=2`)).status).toBe(400)
  })
})

it('shows a mapping from both sides', async () => {
  const drug = await post<Antibiotic>('/reporting/antibiotics/new/', { name: 'Two-sided drug', sample_type: 'Urine' })
  const bug = await post<Organism>('/reporting/organisms/new/', { name: 'Two-sided bug', antibiotics: [drug.id], molecular_antibiotics: [drug.id] })
  expect(await get(`/reporting/antibiotics/${drug.id}/organisms/`)).toMatchObject({ organisms: [{ id: bug.id, name: 'Two-sided bug' }] })
  expect(await get(`/reporting/organisms/${bug.id}/antibiotics/`))
    .toMatchObject({ antibiotics: [{ id: drug.id }], molecular_antibiotics: [{ antibiotic_id: drug.id, sequence: 1, is_active: true }] })
  expect((await get(`/reporting/organisms/${bug.id}/antibiotics/`, strangers)).status).toBe(404)
  expect((await get<List>('/reporting/antibiotics/?q=two-sided')).items).toMatchObject([{ organisms: [{ id: bug.id }], used_by: { organisms: 1 } }])
  expect((await post('/reporting/antibiotics/new/', { name: 'x', sample_type: 'Beard' })).status).toBe(400)
})

describe('codes of an instrument', () => {
  const url = '/reporting/devices/77'
  it('mean genes and organisms, one of both, until they are removed', async () => {
    const [first, second] = (await get<List>('/reporting/genes/')).items
    const [bug] = (await get<List>('/reporting/organisms/')).items
    const said = await post<{ mappings: DeviceGene[] }>(`${url}/genes/`,
      { mappings: [{ code: 'NDM', gene_id: first?.id }, { code: 'VIM', gene_id: first?.id }] })
    expect(said.mappings).toMatchObject([{ code: 'NDM', gene: { name: first?.name } }, { code: 'VIM' }])
    expect(await post(`${url}/genes`, { mappings: [{ code: 'VIM', gene_id: second?.id }] }))
      .toMatchObject({ mappings: [{ code: 'NDM', gene_id: first?.id }, { code: 'VIM', gene_id: second?.id }] })
    expect(await post(`${url}/organisms/`, { mappings: [{ code: 'NDM', organism_id: bug?.id }] }))
      .toMatchObject({ status: 409, code: 'molecular.code_taken', errors: [{ path: '/mappings/0/code' }] })
    expect(await post(`${url}/organisms/`, { mappings: [{ code: 'ECO', organism_id: bug?.id }] }))
      .toMatchObject({ mappings: [{ organism: { id: bug?.id } }] })
    expect(await get<Gene>(`/reporting/genes/${first?.id}`)).toMatchObject({ used_by: { instruments: 1 } })
    expect((await get<{ mappings: [] }>(`${url}/genes/`, strangers)).mappings).toEqual([])
    const [ndm, vim] = said.mappings
    expect((await ask<{ mappings: [] }>('DELETE', `${url}/genes/?id=${vim?.id}`, undefined, strangers)).mappings).toEqual([])
    expect(await ask('DELETE', `${url}/genes/?id=${ndm?.id}&id=${vim?.id}`)).toMatchObject({ status: 200, mappings: [] })
    expect((await ask('DELETE', `${url}/genes/`)).status).toBe(400)
  })

  it('are refused with every place that is wrong', async () => {
    const answer = await post<{ errors: { path: string }[] }>(`${url}/genes/`, { mappings: [{ code: 'A', gene_id: 1 }, { code: 'A', gene_id: 1 }] })
    expect(answer.errors.map(({ path }) => path)).toEqual(['/mappings/1/code'])
    const mappings = [{ code: 'A', gene_id: 1 }, { code: 'B', gene_id: 999_999 }]
    const unknown = await post<{ errors: { path: string }[] }>(`${url}/genes/`, { mappings })
    expect(unknown.errors.map(({ path }) => path)).toEqual(['/mappings/1/gene_id'])
  })
})
