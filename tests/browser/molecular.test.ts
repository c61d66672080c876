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

it('enters a panel by Ct and load, shows what is detected, and signs it', async () => {
  const { page, errors } = await openPage(browser)
  await signIn(page)
  await order(page, 'uti pcr', /Urinary tract pathogens/)
  await enterPanel(page)
  await rerun(page)
  await page.getByRole('button', { name: 'Verify and sign' }).click()
  await page.getByText('Signed').first().waitFor()
  const text = await printed(page)
  for (const words of ['DETECTED: Escherichia coli (≥ 100,000)', 'RESISTANCE MARKERS: blaCTX-M', 'R* blaCTX-M', 'All organisms tested', 'Internal control: valid (Ct 27.4)']) expect(text).toContain(words)
  expect(errors).toEqual([])
})

it('enters a culture: what grew, S, I or R from row to row; signed, its patient is found from the antibiogram', async () => {
  const { page, errors } = await openPage(browser)
  await page.context().addCookies(cookies)
  await order(page, 'urine culture with', /Urine culture with susceptibility/)
  await page.getByRole('textbox', { name: 'Add an organism' }).fill('klebsiella pneu')
  await page.getByRole('option', { name: /Klebsiella pneumoniae/ }).first().click()
  await page.getByRole('textbox', { name: 'Load of Klebsiella pneumoniae' }).fill('> 10^5')
  await page.keyboard.press('Control+s')
  await page.getByText('Everything is saved').waitFor()
  // Resistant by nature, before anything is measured.
  const ampicillin = page.getByRole('textbox', { name: 'Ampicillin Klebsiella pneumoniae', exact: true })
  expect(await ampicillin.getAttribute('placeholder')).toBe('R')
  await ampicillin.focus()
  await page.keyboard.press('r')
  // R is a whole word: the next antibiotic is ready.
  await page.keyboard.press('r')
  await page.keyboard.press('s')
  await page.keyboard.press('Enter')
  await page.keyboard.press('i')
  const cell = (name: string) => page.getByRole('textbox', { name: `${name} Klebsiella pneumoniae`, exact: true }).inputValue()
  expect([await cell('Amoxicillin/clavulanic acid'), await cell('Piperacillin/tazobactam'), await cell('Cefotaxime')]).toEqual(['R', 'S', 'I'])
  await page.keyboard.press('Control+Enter')
  await page.getByText('Completed').first().waitFor()
  expect(await page.locator('[data-summary]').innerText()).toContain('Klebsiella pneumoniae')
  await page.getByRole('button', { name: 'Verify and sign' }).click()
  await page.getByText('Signed').first().waitFor()

  await page.goto(`${system.address}/antibiogram?minimum=1`)
  const head = page.getByRole('columnheader', { name: 'Cefotaxime', exact: true })
  await head.waitFor()
  const column = await head.evaluate((th) => [...(th.parentElement?.children ?? [])].indexOf(th))
  const counted = page.getByRole('row', { name: /^Klebsiella pneumoniae/ }).locator('> *').nth(column)
  // One isolate, which is I: not susceptible.
  expect(await counted.innerText()).toBe('0')
  await counted.click()
  const listed = page.getByRole('dialog').getByRole('row', { name: /Patient of urine culture with/ })
  await listed.waitFor()
  expect(await listed.innerText()).toMatch(/\bI\b/)
  await listed.getByRole('link', { name: 'Patient of urine culture with' }).click()
  await page.getByRole('heading', { name: 'Patient of urine culture with' }).waitFor()
  expect(errors).toEqual([])
})

let cookies: Parameters<ReturnType<Page['context']>['addCookies']>[0] = []

async function signIn(page: Page): Promise<void> {
  await page.goto(system.signInLink)
  await page.getByLabel('New password').fill('a short sentence is fine')
  await page.getByRole('button', { name: 'Save and go on' }).click()
  await page.getByRole('heading', { name: /^Good / }).waitFor()
  cookies = await page.context().cookies()
}

async function order(page: Page, words: string, name: RegExp): Promise<void> {
  await page.goto(`${system.address}/patients/new`)
  await page.getByLabel('Full name').fill(`Patient of ${words}`)
  await page.getByRole('radio', { name: 'Female' }).check({ force: true })
  await page.getByLabel('Date of birth').fill('12/3/1985')
  await page.keyboard.press('Control+Shift+Enter')
  await page.waitForURL(/bills\/new\?patientId=\d+/)
  await page.getByRole('textbox', { name: 'Add tests and panels' }).fill(words)
  await page.getByRole('option', { name }).first().waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('row', { name }).waitFor()
  await page.getByRole('button', { name: /^All of/ }).click()
  await page.keyboard.press('Control+Enter')
  await page.getByText('The bill is placed').waitFor()
  await page.getByRole('link', { name: /^\d{9}$/ }).click()
  await page.getByRole('button', { name: /^Collect/ }).first().click()
  await page.getByText('Received').first().waitFor()
  await page.getByRole('link', { name }).click()
}

async function enterPanel(page: Page): Promise<void> {
  const field = (name: string) => page.getByRole('textbox', { name, exact: true })
  const line = (name: string) => page.getByRole('row', { name: new RegExp(`^${name}`) }).first()
  await field('Internal control').fill('27.4')
  await page.keyboard.press('Enter')
  await page.keyboard.type('No Ct')
  await field('Escherichia coli').fill('250000')
  expect(await line('Escherichia coli').innerText()).toMatch(/Detected/)
  await field('Klebsiella pneumoniae').fill('10000')
  expect(await line('Klebsiella pneumoniae').innerText()).toMatch(/exactly at the cut-off/)
  await field('Klebsiella pneumoniae').fill('9999')
  expect(await line('Klebsiella pneumoniae').innerText()).toMatch(/Not detected/)
  await field('blaCTX-M').fill('37')
  expect(await line('blaCTX-M').innerText()).toMatch(/Indeterminate/)
  await page.keyboard.press('F2')
  await page.getByRole('combobox', { name: 'Result of blaCTX-M by hand' }).selectOption('DETECTED')
  await page.getByRole('textbox', { name: 'Reason for blaCTX-M' }).fill('confirmed by a second run')
  // Predicted from the gene at once, and never an S.
  expect(await page.getByRole('textbox', { name: 'Cefotaxime Escherichia coli', exact: true }).getAttribute('placeholder')).toBe('R*')
  expect(await page.getByRole('textbox', { name: 'Gentamicin Escherichia coli', exact: true }).getAttribute('placeholder')).toBe('–')
  await page.keyboard.press('F8')
  expect(await field('Candida albicans').inputValue()).toBe('Undetermined')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Completed').first().waitFor()
}

async function rerun(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Rerun', exact: true }).click()
  await page.getByRole('checkbox', { name: /Candida albicans/ }).check()
  await page.getByRole('textbox', { name: 'Why?' }).fill('odd curve')
  await page.getByRole('button', { name: 'Measure 1 target again' }).click()
  await page.getByText('Waiting for new readings').waitFor()
  const again = page.getByRole('textbox', { name: 'Candida albicans', exact: true })
  expect(await again.inputValue()).toBe('')
  await again.fill('Undetermined')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Completed').first().waitFor()
}

async function printed(page: Page): Promise<string> {
  await page.getByRole('link', { name: /Preview|Print/ }).first().click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: /Download/ }).or(page.getByRole('link', { name: /Download/ })).first().click()
  const bytes = readFileSync(await (await download).path())
  return (await readPdf(bytes)).map(({ text }) => text).join('\n')
}
