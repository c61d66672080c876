import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makePractice, xRayOf } from '../../apps/imaging-agent/src/testing/practice.ts'
import { testDatabase } from '../../apps/server/src/platform/testing/index.ts'
import { writeDicom } from '../../packages/dicom/src/index.ts'
import { openBrowser, openPage } from './browser.ts'
import { startSystem, type RunningSystem } from './system.ts'

const main = fileURLToPath(new URL('../../apps/imaging-agent/src/main.ts', import.meta.url))
const [width, height, spacing] = [400, 300, 0.05]
let folder = ''
let system: RunningSystem
let agent: ChildProcess
let browser: Browser
/** The practice's own: the screen is on another machine than the lab's. */
let atPractice: Browser
let link = ''
let key = ''
let practice: Awaited<ReturnType<typeof makePractice>>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aliquot-dental-'))
  const patients = [{ id: 1, card: 'C-1', last: 'Rao', first: 'Asha', born: '1985-03-12' },
    { id: 2, card: 'C-2', last: 'Nair', first: 'Vikram', born: '1970-01-31' },
    { id: 3, card: null, last: 'Iyer', first: 'Meena', born: null }]
  practice = await makePractice(folder, patients, [
    { id: 100, of: 1, name: 'Molar 46', bytes: molar(0) }, { id: 101, of: 1, name: 'Molar 36', bytes: molar(1) },
    { id: 102, of: 1, bytes: xRayOf({ name: 'Somebody^Else' }, 'else') }, { id: 103, of: 2, name: 'Stray' }, { id: 104, of: 3 },
  ])
  await writeFile(join(practice.pdata, 'notes.txt'), 'nobody is to send this')
  agent = spawn(process.execPath, [main, 'screen', '--port', '0', '--data', join(folder, 'data')], { stdio: ['ignore', 'pipe', 'ignore'] })
  const printed = new Promise<string>((resolve) => { agent.stdout?.once('data', (chunk) => resolve(String(chunk))) })
  const database = await testDatabase()
  ;[system, browser, atPractice] = await Promise.all([startSystem(database.url, database.config.dataFolder), openBrowser(), openBrowser()])
  link = /http\S+/.exec(await printed)?.[0] ?? ''
})

afterAll(async () => {
  await Promise.all([browser?.close(), atPractice?.close()])
  const ended = new Promise((resolve) => agent.once('exit', resolve))
  agent.kill('SIGTERM')
  await Promise.all([ended, system?.stop()])
  await rm(folder, { recursive: true, force: true })
})

/** An X-ray of Asha Rao, who it is in the practice and at the lab, with a window and a spacing. */
function molar(number: number): Uint8Array {
  const values = Uint16Array.from({ length: width * height }, (_, pixel) => ((pixel % width) * 8 + number * 100) % 4096)
  return writeDicom({ elements: [
    [0x0008_0016, 'UI', '1.2.840.10008.5.1.4.1.1.1.3'], [0x0008_0018, 'UI', `1.2.3.${number}`], [0x0008_0060, 'CS', 'IO'],
    [0x0010_0010, 'PN', 'Rao^Asha'], [0x0010_0020, 'LO', 'C-1'], [0x0010_0030, 'DA', '19850312'],
    [0x0018_1164, 'DS', `${spacing}\\${spacing}`], [0x0028_0002, 'US', [1]], [0x0028_0004, 'CS', 'MONOCHROME2'], [0x0028_0010, 'US', [height]],
    [0x0028_0011, 'US', [width]], [0x0028_0100, 'US', [16]], [0x0028_0101, 'US', [12]], [0x0028_0102, 'US', [11]], [0x0028_0103, 'US', [0]],
    [0x0028_1050, 'DS', '2048'], [0x0028_1051, 'DS', '4096'], [0x7fe0_0010, 'OW', new Uint8Array(values.buffer)],
  ] })
}

it('takes X-rays from the practice to the patient\'s page, where they are windowed, measured and compared; what is doubtful waits for a person', async () => {
  const { page, errors } = await openPage(browser)
  await signIn(page)
  const register = async (fullName: string, birthDate: string) =>
    (await ask<{ patient: { id: number } }>(page, 'POST', '/api-v3/registration/patients/new', { fullName, sex: 'female', birthDate })).patient.id
  // The lab has another birth date of Vikram Nair than the practice.
  const [asha, vikram] = [await register('Asha Rao', '1985-03-12'), await register('Vikram Nair', '1971-01-31')]
  key = await setUpClinic(page)
  const { items: [clinic] } = await ask<{ items: { id: number }[] }>(page, 'GET', '/api/imaging/clinics')
  await addCard(page)
  await ask(page, 'POST', '/api/imaging/cards', { clinicId: clinic!.id, cardId: 'C-2', patientId: vikram })

  const { page: screen, errors: others } = await openPage(atPractice)
  await screen.goto(link)
  await send(screen, clinic!.id)

  await page.goto(`${system.address}/patients/${asha}?tab=images`)
  await page.getByRole('link', { name: /Molar 36/ }).waitFor()
  await page.getByRole('link', { name: /Molar 46/ }).click()
  await view(page)
  await putRight(page)
  await page.goto(`${system.address}/patients/${vikram}/images`)
  await page.getByRole('link', { name: /Stray/ }).waitFor()
  await screen.getByRole('button', { name: 'Stop' }).click()
  await screen.getByRole('heading', { name: 'Not running' }).waitFor()
  expect([errors, others]).toEqual([[], []])
})

it('says what does not work, shows no secret again, and lets in nobody else', async () => {
  const { page } = await openPage(browser)
  const answer = await page.goto(link)
  expect(answer?.status()).toBe(403)
  const { origin } = new URL(link)
  for (const path of ['/', '/api/settings', '/skipped.csv', '/page.ts']) expect((await fetch(`${origin}${path}`)).status).toBe(403)
  expect((await fetch(`${origin}/api/run`, { method: 'POST', headers: { origin: 'https://elsewhere.example' } })).status).toBe(403)
  expect(await readFile(join(folder, 'data', 'settings.json'), 'utf8')).toContain(key)

  const opened = atPractice.contexts()[0]?.pages()[0]
  if (!opened) throw new Error('The first page is gone')
  await opened.reload()
  await opened.getByRole('heading', { name: 'Connections' }).waitFor()
  expect(await opened.content()).not.toContain(key)
  await opened.locator('[data-part=resolver] summary').click()
  await opened.getByLabel("The clinic's key", { exact: true }).fill('another key')
  await test(opened, 'resolver')
  await expectState(opened, 'resolver', 'does not work')
  expect(await opened.locator('[data-part=resolver] .result').textContent()).toContain('refuses the key')
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

/** Adds a clinic and issues a key on its screen. Answers the key. */
async function setUpClinic(page: Page): Promise<string> {
  await page.goto(`${system.address}/imaging/clinics`)
  await page.getByRole('button', { name: 'New clinic' }).first().click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Smile Dental')
  await page.getByRole('textbox', { name: 'Code' }).fill('smile')
  await page.getByRole('button', { name: 'Save clinic' }).click()
  await page.getByRole('gridcell', { name: 'Smile Dental' }).first().click()
  await page.getByRole('textbox', { name: 'New key for' }).fill('Surgery 1')
  await page.getByRole('button', { name: 'Issue' }).click()
  const key = (await page.getByText(/^aq_/).last().textContent()) ?? ''
  await page.keyboard.press('Escape')
  return key
}

async function addCard(page: Page): Promise<void> {
  await page.goto(`${system.address}/imaging/cards`)
  await page.getByRole('button', { name: 'Add a card' }).first().click()
  await page.getByRole('textbox', { name: 'Card id' }).fill('C-1')
  await page.getByLabel('Patient', { exact: false }).last().fill('Asha')
  await page.getByRole('option', { name: /Asha Rao/ }).click()
  await page.getByRole('button', { name: 'Save card' }).click()
  await page.getByText('C-1', { exact: true }).first().waitFor()
}

/** On the agent's screen: connections filled in and tested, a run, and what it left out. */
async function send(page: Page, clinicId: number): Promise<void> {
  await fill(page, clinicId)
  for (const part of ['database', 'folder', 'resolver', 'bucket']) {
    await test(page, part)
    await expectState(page, part, 'works')
  }
  expect(await page.locator('[data-part=database] .result').textContent()).toContain('3 patients, 2 of them with a card id')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByRole('heading', { name: 'Up to date' }).waitFor()
  await page.getByRole('button', { name: /^Another name inside/ }).click()
  await page.getByRole('cell', { name: /Else Somebody; Sidexis: Asha Rao/ }).waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV' }).click()])
  expect(await readFile(await download.path(), 'utf8')).toContain('"P_0000001/0000_102.dcm","Another name inside"')
}

async function fill(page: Page, clinicId: number): Promise<void> {
  await page.getByLabel('Read patients from').selectOption('csv')
  await page.getByLabel('Export of Patient').fill(practice.patientsCsv)
  await page.getByLabel('Export of MediaBase').fill(practice.mediabaseCsv)
  await page.locator('[data-part=folder] summary').click()
  await page.getByLabel('pdata folder').fill(practice.pdata)
  await page.getByLabel('Wait until a file is still for').fill('0')
  await page.locator('[data-part=resolver] summary').click()
  await page.getByLabel("The lab's server").fill(system.address)
  await page.getByLabel("The clinic's key", { exact: true }).fill(key)
  await page.getByLabel('Clinic number').fill(String(clinicId))
  await page.getByLabel('Clinic number').press('Tab')
}

async function test(page: Page, part: string): Promise<void> {
  const card = page.locator(`[data-part=${part}]`)
  if (await card.getAttribute('open') === null) await card.locator('summary').press('Enter')
  await card.getByRole('button', { name: 'Test' }).click()
}

const expectState = (page: Page, part: string, state: string): Promise<void> =>
  page.locator(`[data-part=${part}] .state`, { hasText: new RegExp(`^${state}$`) }).waitFor()

async function view(page: Page): Promise<void> {
  const window = page.getByTestId('window').first()
  await expect.poll(() => window.textContent()).toBe('W 4,096 · L 2,048')
  const stage = page.getByTestId('stage').first()
  const box = (await stage.boundingBox())!
  const at = (x: number, y: number) => {
    const scale = Math.min(box.width / width, box.height / height)
    return [box.x + box.width / 2 + (x - width / 2) * scale, box.y + box.height / 2 + (y - height / 2) * scale] as const
  }
  const drag = async (from: readonly [number, number], to: readonly [number, number]) => {
    await page.mouse.move(...from)
    await page.mouse.down()
    await page.mouse.move(...to, { steps: 4 })
    await page.mouse.up()
  }
  await drag(at(100, 100), at(150, 140))
  expect(await window.textContent()).not.toBe('W 4,096 · L 2,048')
  await page.keyboard.press('0')
  await expect.poll(() => window.textContent()).toBe('W 4,096 · L 2,048')

  await page.keyboard.press('m')
  await drag(at(100, 150), at(300, 150))
  await expect.poll(() => page.getByTestId('length').textContent()).toMatch(/^(10|9\.9|10\.1) mm at the detector$/)
  // The line stays where it was drawn on the tooth, however the image is turned and enlarged.
  for (const key of ['r', 'f', '+']) await page.keyboard.press(key)
  await expect.poll(() => page.getByTestId('length').textContent()).toMatch(/^(10|9\.9|10\.1) mm at the detector$/)
  await page.keyboard.press('t')
  await page.getByText('Imager Pixel Spacing').waitFor()
  await page.keyboard.press('c')
  await expect.poll(() => page.getByTestId('stage').count()).toBe(2)
}

/** A person files the image whose birth date the lab has otherwise. */
async function putRight(page: Page): Promise<void> {
  await page.goto(`${system.address}/imaging/set-aside`)
  await page.getByText('Vikram Nair').first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Whose image is it?').fill('Vikram')
  await page.getByRole('option', { name: /Vikram Nair/ }).click()
  await dialog.getByLabel('How do you know?').fill('the practice called')
  await dialog.getByRole('button', { name: 'File under Vikram Nair' }).click()
  await page.getByText('Nothing is set aside').waitFor()
}
