import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { testDatabase } from '../../apps/server/src/platform/testing/index.ts'
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

const bloodCount = {
  Haemoglobin: '9.8', 'Red cell count': '3.9', 'Haematocrit (PCV)': '31', 'RDW-CV': '17.2', 'Total white cell count': '8.4', Neutrophils: '62', Lymphocytes: '28', Monocytes: '6',
  Eosinophils: '3', Basophils: '1', 'Platelet count': '286',
}

it('carries a patient from sign-in to the signed PDF', async () => {
  const { page, errors } = await openPage(browser)
  await signIn(page)
  await register(page)
  await bill(page)
  await collect(page)
  await enterResults(page)
  await sign(page)
  const text = await printed(page)
  for (const words of ['Meenakshi Raghunathan', 'Complete blood count', 'Haemoglobin', '9.8', '12.0 – 15.0', 'Dr. Anita Rao', 'End of report', 'Page 1 of 1']) expect(text).toContain(words)
  expect(text).not.toMatch(/preliminary/i)
  expect(errors).toEqual([])
})

async function signIn(page: Page): Promise<void> {
  await page.goto(system.signInLink)
  await page.getByLabel('New password').fill('a short sentence is fine')
  await page.getByRole('button', { name: 'Save and go on' }).click()
  await page.getByRole('heading', { name: /^Good / }).waitFor()
}

async function register(page: Page): Promise<void> {
  await page.goto(`${system.address}/patients/new`)
  await page.getByLabel('Full name').fill('Meenakshi Raghunathan')
  await page.getByRole('radio', { name: 'Female' }).check({ force: true })
  await page.getByLabel('Date of birth').fill('12/3/1985')
  await page.getByLabel('Phone').fill('+91 98450 55555')
  await page.keyboard.press('Control+Shift+Enter')
  await page.waitForURL(/bills\/new\?patientId=\d+/)
}

async function bill(page: Page): Promise<void> {
  const picker = page.getByRole('textbox', { name: 'Add tests and panels' })
  await picker.fill('cbc')
  await page.getByRole('option', { name: /Complete blood count/ }).first().waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('row', { name: /Complete blood count/ }).waitFor()
  await page.getByRole('button', { name: /^All of/ }).click()
  await page.keyboard.press('Control+Enter')
  await page.getByText('The bill is placed').waitFor()
}

async function collect(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^\d{9}$/ }).click()
  await page.getByRole('button', { name: /^Collect/ }).first().click()
  await page.getByText('Received').first().waitFor()
  await page.getByRole('link', { name: /Complete blood count/ }).click()
}

async function enterResults(page: Page): Promise<void> {
  for (const [name, value] of Object.entries(bloodCount)) await page.getByRole('textbox', { name, exact: true }).fill(value)
  // Judged while typing, by the code that the server judges with.
  expect(await page.getByRole('row', { name: /^Haemoglobin/ }).innerText()).toMatch(/L/)
  expect(await page.getByRole('status', { name: 'MCV' }).innerText()).toBe('79.5')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Completed').first().waitFor()
}

async function sign(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Verify and sign' }).click()
  await page.getByText('Signed').first().waitFor()
}

async function printed(page: Page): Promise<string> {
  await page.getByRole('link', { name: /Preview|Print/ }).first().click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: /Download/ }).or(page.getByRole('link', { name: /Download/ })).first().click()
  const bytes = readFileSync(await (await download).path())
  return (await readPdf(bytes)).map(({ text }) => text).join('\n')
}
