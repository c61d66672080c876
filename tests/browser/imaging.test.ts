import { createHash } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeDicom } from '../../packages/dicom/src/index.ts'
import { testDatabase } from '../../apps/server/src/platform/testing/index.ts'
import { openBrowser, openPage } from './browser.ts'
import { startSystem, type RunningSystem } from './system.ts'

let system: RunningSystem
let browser: Browser

beforeAll(async () => {
  const database = await testDatabase()
  ;[system, browser] = await Promise.all([startSystem(database.url, database.config.dataFolder), openBrowser()])
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await system?.stop()
})

const [width, height, spacing] = [400, 300, 0.05]

it('shows what a clinic sent on the patient\'s page, and lets it be windowed, measured, compared, and put right', async () => {
  const { page, errors } = await openPage(browser)
  await signIn(page)
  const { patient } = await ask<{ patient: { id: number; guid: string } }>(page, 'POST', '/api-v3/registration/patients/new', { fullName: 'Leela Iyer', sex: 'female', birthDate: '1985-03-12' })
  const key = await setUpClinic(page)
  await page.goto(`${system.address}/imaging/cards`)
  await page.getByRole('button', { name: 'Add a card' }).first().click()
  await page.getByRole('textbox', { name: 'Card id' }).fill('D-77')
  await page.getByLabel('Patient', { exact: false }).last().fill('Leela')
  await page.getByRole('option', { name: /Leela Iyer/ }).click()
  await page.getByRole('button', { name: 'Save card' }).click()
  await page.getByText('D-77', { exact: true }).first().waitFor()

  const { patients } = await agent<{ patients: { patientGuid: string }[] }>(key, '/api/app/patient-pms-resolver/resolve', { cardIds: ['D-77'] })
  expect(patients).toEqual([{ cardId: 'D-77', patientGuid: patient.guid }])
  await sendImages(key, patient.guid, [['Iyer^Leela', '19850312', 'Molar 46'], ['Iyer^Leela', '19850312', 'Molar 36'], ['Nobody^Known', '19700101', 'Stray']])

  await page.goto(`${system.address}/patients/${patient.id}?tab=images`)
  await page.getByRole('link', { name: /Molar 46/ }).click()
  await view(page)
  await putRight(page)
  await page.goto(`${system.address}/patients/${patient.id}/images`)
  await page.getByRole('link', { name: /Stray/ }).waitFor()
  expect(errors).toEqual([])
}, 120_000)

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

/** As the clinic's agent, with its key and no session. */
async function agent<T>(key: string, path: string, body: object): Promise<T> {
  const answer = await fetch(system.address + path, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: JSON.stringify(body) })
  expect(answer.status).toBe(200)
  return answer.json() as Promise<T>
}

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

async function sendImages(key: string, patientGuid: string, images: [name: string, born: string, title: string][]): Promise<void> {
  const files = images.map(([name, born, title], at) => {
    const values = Uint16Array.from({ length: width * height }, (_, pixel) => ((pixel % width) * 8 + at * 100) % 4096)
    const bytes = writeDicom({ elements: [
      [0x0008_0016, 'UI', '1.2.840.10008.5.1.4.1.1.1.3'], [0x0008_0018, 'UI', `1.2.3.${at}`], [0x0008_0060, 'CS', 'IO'], [0x0010_0010, 'PN', name], [0x0010_0030, 'DA', born],
      [0x0018_1164, 'DS', `${spacing}\\${spacing}`], [0x0028_0002, 'US', [1]], [0x0028_0004, 'CS', 'MONOCHROME2'], [0x0028_0010, 'US', [height]], [0x0028_0011, 'US', [width]],
      [0x0028_0100, 'US', [16]], [0x0028_0101, 'US', [12]], [0x0028_0102, 'US', [11]], [0x0028_0103, 'US', [0]], [0x0028_1050, 'DS', '2048'], [0x0028_1051, 'DS', '4096'],
      [0x7fe0_0010, 'OW', new Uint8Array(values.buffer)],
    ] })
    return { bytes, title, announced: { patientGuid, imageId: String(100 + at), size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') } }
  })
  const { uploads } = await agent<{ uploads: { key: string; form: { url: string; fields: Record<string, string> } }[] }>(key, '/api/app/imaging/uploads', { files: files.map(({ announced }) => announced) })
  for (const [at, { form }] of uploads.entries()) {
    const body = new FormData()
    for (const [field, value] of Object.entries(form.fields)) body.append(field, value)
    body.append('file', new Blob([new Uint8Array(files[at]?.bytes ?? [])], { type: 'application/dicom' }), 'image.dcm')
    expect((await fetch(form.url, { method: 'POST', body })).ok).toBe(true)
  }
  await agent(key, '/api/app/imaging/uploaded', { images: uploads.map((upload, at) => ({ key: upload.key, name: files[at]?.title ?? '' })) })
}

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

/** A person files the stray image; it appears under the patient. */
async function putRight(page: Page): Promise<void> {
  await page.goto(`${system.address}/imaging/set-aside`)
  await page.getByText('Known Nobody').first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Whose image is it?').fill('Leela')
  await page.getByRole('option', { name: /Leela Iyer/ }).click()
  await dialog.getByLabel('How do you know?').fill('the practice called')
  await dialog.getByRole('button', { name: 'File under Leela Iyer' }).click()
  await page.getByText('Nothing is set aside').waitFor()
}
