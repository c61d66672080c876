import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openLab, type Lab } from '../../apps/imaging-agent/src/testing/lab.ts'
import { guidOf, makePractice, xRayOf } from '../../apps/imaging-agent/src/testing/practice.ts'
import { openBrowser, openPage } from './browser.ts'

const main = fileURLToPath(new URL('../../apps/imaging-agent/src/main.ts', import.meta.url))
let folder = ''
let lab: Lab
let agent: ChildProcess
let browser: Browser
let link = ''
let practice: Awaited<ReturnType<typeof makePractice>>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aliquot-agent-screen-'))
  lab = await openLab({ clinicId: 42, cards: new Map([['C-1', [guidOf('C-1')]], ['C-2', [guidOf('C-2')]]]) })
  const patients = [{ id: 1, card: 'C-1', last: 'Rao', first: 'Asha', born: '1985-03-12' },
    { id: 2, card: 'C-2', last: 'Nair', first: 'Vikram', born: '1970-01-31' },
    { id: 3, card: null, last: 'Iyer', first: 'Meena', born: null }]
  const images = Array.from({ length: 12 }, (_, at) => ({ id: 100 + at, of: at % 3 + 1,
    ...(at === 3 && { bytes: xRayOf({ name: 'Somebody^Else' }, 'else') }) }))
  practice = await makePractice(folder, patients, images)
  await writeFile(join(practice.pdata, 'notes.txt'), 'nobody is to send this')
  agent = spawn(process.execPath, [main, 'screen', '--port', '0', '--data', join(folder, 'data')], { stdio: ['ignore', 'pipe', 'ignore'] })
  const printed = new Promise<string>((resolve) => { agent.stdout?.once('data', (chunk) => resolve(String(chunk))) })
  browser = await openBrowser()
  link = /http\S+/.exec(await printed)?.[0] ?? ''
})

afterAll(async () => {
  await browser?.close()
  const ended = new Promise((resolve) => agent.once('exit', resolve))
  agent.kill('SIGTERM')
  await ended
  await lab.close()
  await rm(folder, { recursive: true, force: true })
})

it("takes a practice's helper from empty fields to images at the lab and a list of what was left out", async () => {
  const { page, errors } = await openPage(browser)
  await page.goto(link)
  await fill(page)
  for (const part of ['database', 'folder', 'resolver', 'bucket']) {
    await test(page, part)
    await expectState(page, part, 'works')
  }
  expect(await page.locator('[data-part=database] .result').textContent()).toContain('3 patients, 2 of them with a card id')
  await page.getByRole('button', { name: 'Run', exact: true }).press('Enter')
  await expect.poll(() => page.locator('#progress').innerText()).toMatch(/^Up to date/)
  await page.locator('.tiles .good dd', { hasText: '7' }).waitFor()
  expect(lab.objects.size).toBe(7)
  await page.getByRole('button', { name: /^Another name inside/ }).click()
  await page.getByRole('cell', { name: /Else Somebody; Sidexis: Asha Rao/ }).waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV' }).click()])
  expect(await readFile(await download.path(), 'utf8')).toContain('"P_0000001/0000_103.dcm","Another name inside"')
  await page.getByRole('button', { name: 'Stop' }).click()
  await page.getByRole('heading', { name: 'Not running' }).waitFor()
  expect(errors).toEqual([])
})

it('says what does not work, shows no secret again, and lets in nobody else', async () => {
  const { page } = await openPage(browser)
  const answer = await page.goto(link)
  expect(answer?.status()).toBe(403)
  const { origin } = new URL(link)
  for (const path of ['/', '/api/settings', '/skipped.csv', '/page.ts']) expect((await fetch(`${origin}${path}`)).status).toBe(403)
  expect((await fetch(`${origin}/api/run`, { method: 'POST', headers: { origin: 'https://elsewhere.example' } })).status).toBe(403)
  expect(await readFile(join(folder, 'data', 'settings.json'), 'utf8')).toContain(lab.key)

  const opened = browser.contexts()[0]?.pages()[0]
  if (!opened) throw new Error('The first page is gone')
  await opened.reload()
  await opened.getByRole('heading', { name: 'Connections' }).waitFor()
  expect(await opened.content()).not.toContain(lab.key)
  await opened.locator('[data-part=resolver] summary').click()
  await opened.getByLabel("The clinic's key", { exact: true }).fill('another key')
  await test(opened, 'resolver')
  await expectState(opened, 'resolver', 'does not work')
  expect(await opened.locator('[data-part=resolver] .result').textContent()).toContain('refuses the key')
})

async function fill(page: Page): Promise<void> {
  await page.getByLabel('Read patients from').selectOption('csv')
  await page.getByLabel('Export of Patient').fill(practice.patientsCsv)
  await page.getByLabel('Export of MediaBase').fill(practice.mediabaseCsv)
  await page.locator('[data-part=folder] summary').click()
  await page.getByLabel('pdata folder').fill(practice.pdata)
  await page.getByLabel('Wait until a file is still for').fill('0')
  await page.locator('[data-part=resolver] summary').click()
  await page.getByLabel("The lab's server").fill(lab.url)
  await page.getByLabel("The clinic's key", { exact: true }).fill(lab.key)
  await page.getByLabel('Clinic number').fill('42')
  await page.getByLabel('Clinic number').press('Tab')
}

async function test(page: Page, part: string): Promise<void> {
  const card = page.locator(`[data-part=${part}]`)
  if (await card.getAttribute('open') === null) await card.locator('summary').press('Enter')
  await card.getByRole('button', { name: 'Test' }).click()
}

const expectState = (page: Page, part: string, state: string): Promise<void> =>
  page.locator(`[data-part=${part}] .state`, { hasText: new RegExp(`^${state}$`) }).waitFor()
