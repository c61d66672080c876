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

it('a lab chooses a placeholder, uses it by one key, and completes or confirms what is missing', async () => {
  const { page, errors } = await openPage(browser)
  await page.goto(system.signInLink)
  await page.getByLabel('New password').fill('a short sentence is fine')
  await page.getByRole('button', { name: 'Save and go on' }).click()
  await page.getByRole('heading', { name: /^Good / }).waitFor()

  await page.goto(`${system.address}/missing-details/fields`)
  await page.getByRole('switch', { name: 'Watch Address' }).check({ force: true })
  await page.getByRole('textbox', { name: 'Placeholder of Address' }).fill('to be asked')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Saved', { exact: true }).waitFor()

  await register(page, 'Hurried Hema')
  await page.getByText('4 details missing').waitFor()
  await page.getByRole('link', { name: 'Complete Address' }).click()
  await page.waitForURL(/edit\?focus=address/)
  await page.locator('[data-path="address"]:focus').waitFor()
  // The focus selected the placeholder: typing replaces it.
  await page.keyboard.type('14, Temple Street')
  await page.keyboard.press('Control+Enter')
  await page.getByText('3 details missing').waitFor()

  await page.goto(`${system.address}/missing-details?field=city`)
  await page.getByRole('row', { name: /Hurried Hema/ }).getByRole('checkbox').check({ force: true })
  await page.getByRole('button', { name: 'Confirm as true' }).click()
  await page.getByText('1 detail confirmed').waitFor()
  await page.getByText('No detail fits these filters').waitFor()
  await page.goto(`${system.address}/missing-details?state=confirmed`)
  await page.getByRole('row', { name: /Hurried Hema.*City.*Confirmed/ }).waitFor()

  await page.goto(`${system.address}/patients`)
  await page.getByText('Hurried Hema').first().click()
  await page.getByText('2 details missing').waitFor()
  expect(errors).toEqual([])
})

/** With one placeholder by the key of its field, and all others at once. */
async function register(page: Page, name: string): Promise<void> {
  await page.goto(`${system.address}/patients/new`)
  await page.getByLabel('Full name').fill(name)
  await page.getByRole('radio', { name: 'Female' }).check({ force: true })
  await page.getByLabel('Date of birth').fill('12/3/1985')
  await page.getByRole('group', { name: 'Not known?' }).waitFor()
  const phone = page.getByLabel('Phone')
  await phone.focus()
  await page.keyboard.press('Alt+m')
  expect(await phone.inputValue()).toBe('9999999999')
  await page.keyboard.press('Alt+Shift+m')
  expect(await page.getByRole('textbox', { name: 'Address' }).inputValue()).toBe('to be asked')
  await page.keyboard.press('Control+Enter')
  await page.waitForURL(/patients\/\d+$/)
}
