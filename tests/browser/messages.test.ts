import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { testDatabase } from '../../apps/server/src/platform/testing/index.ts'
import { openBrowser, openPage } from './browser.ts'
import { startSystem, type RunningSystem } from './system.ts'

let system: RunningSystem
let browser: Browser

beforeAll(async () => {
  const database = await testDatabase()
  ;[system, browser] = await Promise.all([startSystem(database.url, database.config.dataFolder), openBrowser()])
})

afterAll(async () => {
  await browser?.close()
  await system?.stop()
})

interface Page200<T> { items: T[] }

/** A call of the API as whoever is signed in on the page. */
async function api<T>(page: Page, method: 'get' | 'post' | 'patch' | 'put', path: string, data?: object): Promise<T> {
  const answer = await page.request[method](`${system.address}${path}`, data ? { data, headers: { origin: system.address } } : {})
  expect(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`).toBe(true)
  return await answer.json() as T
}

it('tells the patient of a signed report, whose link opens signed out', async () => {
  const { page, errors } = await openPage(browser)
  await page.goto(system.signInLink)
  await page.getByLabel('New password').fill('a short sentence is fine')
  await page.getByRole('button', { name: 'Save and go on' }).click()
  await page.getByRole('heading', { name: /^Good / }).waitFor()

  // The demo's trigger waits two minutes for other reports of the order; nobody watches a test that long.
  const { items } = await api<Page200<{ id: number; version: number; name: string }>>(page, 'get', '/api/communications/triggers')
  const trigger = items.find(({ name }) => name === 'Give the patient the report')!
  await api(page, 'patch', `/api/communications/triggers/${trigger.id}`, { version: trigger.version, delayMinutes: 0 })

  const reportId = await anUnsignedReport(page)
  await page.goto(`${system.address}/reports/${reportId}`)
  await page.getByRole('button', { name: 'Verify and sign' }).click()
  await page.getByText('Signed').first().waitFor()

  await page.goto(`${system.address}/messages`)
  await page.getByRole('row', { name: /Meenakshi Raghunathan.*SMS.*Sent/ }).click()
  const link = page.getByRole('link', { name: /\/r\// })
  await link.waitFor()
  const address = await link.getAttribute('href')

  const { page: outside, errors: outsideErrors } = await openPage(browser)
  await outside.goto(address!)
  await outside.getByText('A report is ready for you.').waitFor()
  expect(await outside.content()).not.toContain('Meenakshi')
  await outside.getByLabel('Date of birth').fill('1/1/1999')
  await outside.keyboard.press('Enter')
  await outside.getByText('That is not the birth date').waitFor()
  await outside.getByLabel('Date of birth').fill('12/3/1985')
  await outside.keyboard.press('Enter')
  await outside.getByRole('region', { name: /report/ }).locator('canvas').first().waitFor()

  await page.reload()
  await page.getByText('opened once').waitFor()
  expect([...errors, ...outsideErrors]).toEqual([])
})

/** Registered, billed, collected and entered by the API: the screens of these have a test of their own. */
async function anUnsignedReport(page: Page): Promise<number> {
  const { patient } = await api<{ patient: { id: number } }>(page, 'post', '/api-v3/registration/patients/new', {
    fullName: 'Meenakshi Raghunathan', sex: 'female', birthDate: '1985-03-12', phone: '+91 98450 55555',
  })
  const { items: [test] } = await api<Page200<{ id: number }>>(page, 'get', '/api/catalog/tests?q=GLUF&status=active')
  const bill = await api<{ accession: { specimens: { id: number }[]; reports: { id: number }[] } }>(page, 'post', '/api/billing/bills', {
    patientId: patient.id, items: [{ kind: 'test', id: test!.id }],
  })
  await api(page, 'post', '/api/reports/specimens/collect', { specimenIds: bill.accession.specimens.map(({ id }) => id) })
  const { id } = bill.accession.reports[0]!
  const report = await api<{ version: number; definition: { parameters: { code: string }[] } }>(page, 'get', `/api/reports/${id}`)
  const values = report.definition.parameters.map(({ code }) => ({ code, value: '90' }))
  await api(page, 'put', `/api/reports/${id}/values`, { version: report.version, values, complete: true })
  return id
}
