import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { testDatabase } from '../../apps/server/src/platform/testing/index.ts'
import { composePdf, ink, paper } from '../../apps/server/src/platform/typeset/index.ts'
import { readPdf } from '../../apps/server/src/platform/typeset/testing/read-pdf.ts'
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

it('carries a scan from the clerk\'s folder to the signed, merged print', async () => {
  const { page, errors } = await openPage(browser)
  await signIn(page)
  const { scan, glucose } = await order(page)
  await upload(page, scan)
  await preview(page)
  await page.getByRole('button', { name: /Verify and sign/ }).click()
  await page.getByText('Signed').first().waitFor()
  await signValues(page, glucose)
  const pages = await mergedPrint(page, [scan, glucose])
  expect(pages).toHaveLength(3)
  for (const text of pages) expect(text).toContain('Meenakshi Raghunathan')
  const whole = pages.join('\n')
  for (const words of ['Lungs are clear', 'Second page of the scan', '92']) expect(whole).toContain(words)
  expect(errors).toEqual([])
})

async function signIn(page: Page): Promise<void> {
  await page.goto(system.signInLink)
  await page.getByLabel('New password').fill('a short sentence is fine')
  await page.getByRole('button', { name: 'Save and go on' }).click()
  await page.getByRole('heading', { name: /^Good / }).waitFor()
}

/** By the system's own routes, as the browser that is signed in. */
const ask = <T>(page: Page, method: string, url: string, body?: object): Promise<T> => page.evaluate(async ([verb, address, payload]) => {
  const answer = await fetch(address as string, { method: verb as string, ...(payload ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(payload) } : {}) })
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}: ${await answer.text()}`)
  return answer.json()
}, [method, url, body] as const) as Promise<T>

async function order(page: Page): Promise<{ scan: number; glucose: number }> {
  const { patient } = await ask<{ patient: { id: number } }>(page, 'POST', '/api-v3/registration/patients/new', { fullName: 'Meenakshi Raghunathan', sex: 'female', birthDate: '1985-03-12' })
  const { items } = await ask<{ items: { id: number; code: string }[] }>(page, 'GET', '/api/catalog/tests?limit=200')
  const idOf = (code: string) => items.find((test) => test.code === code)?.id ?? 0
  const { accession } = await ask<{ accession: { specimens: { id: number }[]; reports: { id: number; test: { code: string } }[] } }>(page, 'POST', '/api/billing/bills',
    { patientId: patient.id, items: [{ kind: 'test', id: idOf('XR_CHEST') }, { kind: 'test', id: idOf('GLUF') }] })
  await ask(page, 'POST', '/api/reports/specimens/collect', { specimenIds: accession.specimens.map(({ id }) => id) })
  const reportOf = (code: string) => accession.reports.find(({ test }) => test.code === code)?.id ?? 0
  return { scan: reportOf('XR_CHEST'), glucose: reportOf('GLUF') }
}

async function upload(page: Page, reportId: number): Promise<void> {
  await page.goto(`${system.address}/reports/${reportId}`)
  const pdf = await composePdf({ title: 'Chest', subject: '', author: '', at: new Date(0), language: 'en' }, (sheet) => {
    for (const words of ['Lungs are clear', 'Second page of the scan']) {
      sheet.page(paper.a4.width, paper.a4.height)
      sheet.text(words, 80, 300, { size: 20, colour: ink.text })
    }
  })
  await page.locator('input[type=file]').first().waitFor({ state: 'attached' })
  // Slow enough that its progress can be seen.
  const network = await page.context().newCDPSession(page)
  await network.send('Network.emulateNetworkConditions', { offline: false, latency: 20, downloadThroughput: -1, uploadThroughput: 40_000 })
  const large = Buffer.concat([pdf, Buffer.alloc(120_000, '%')])
  await page.locator('input[type=file]').first().setInputFiles({ name: 'chest.pdf', mimeType: 'application/pdf', buffer: large })
  await page.getByRole('button', { name: /^Upload/ }).click()
  await page.getByRole('progressbar').first().waitFor()
  await page.getByText(/\d+ %/).first().waitFor()
  await network.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 })
  await page.getByText('Completed').first().waitFor()
}

/** The stored file, drawn beside the patient; then Verify and sign is offered, since its check is over. */
async function preview(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Verify and sign/ }).waitFor()
  await page.locator('canvas').first().waitFor()
  await page.waitForFunction('[...document.querySelectorAll("canvas")].some((canvas) => canvas.width > 100 && canvas.height > 100)')
}

async function signValues(page: Page, reportId: number): Promise<void> {
  const { version, definition } = await ask<{ version: number; definition: { parameters: { code: string }[] } }>(page, 'GET', `/api/reports/${reportId}`)
  const state = await ask<{ version: number }>(page, 'PUT', `/api/reports/${reportId}/values`, { version, values: [{ code: definition.parameters[0]?.code, value: '92' }], complete: true })
  await ask(page, 'POST', `/api/reports/${reportId}/sign`, { version: state.version })
}

async function mergedPrint(page: Page, ids: number[]): Promise<string[]> {
  const { accessionId } = await ask<{ accessionId: number }>(page, 'GET', `/api/reports/${ids[0]}`)
  await page.goto(`${system.address}/accessions/${accessionId}/print`)
  await page.locator('canvas').first().waitFor()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: /Download/ }).or(page.getByRole('link', { name: /Download/ })).first().click()
  const bytes = readFileSync(await (await download).path())
  return (await readPdf(bytes)).map(({ text }) => text)
}
