import chromium from '@sparticuz/chromium'
import { chromium as playwright, type Browser, type Page } from 'playwright-core'

/** Of the flags for a cloud function: all in one process now and then stands still, and what browsers forbid is to be forbidden here too. */
const unwanted = ['--single-process', '--in-process-gpu', '--disable-web-security', '--allow-running-insecure-content']

/** The Chromium that npm brought; it runs as root too. */
export async function openBrowser(): Promise<Browser> {
  const args = [...chromium.args.filter((flag) => !unwanted.includes(flag)), '--no-sandbox', '--disable-dev-shm-usage']
  return playwright.launch({ executablePath: await chromium.executablePath(), args, headless: true })
}

/** A page that fails the test when its own code throws. */
export async function openPage(browser: Browser): Promise<{ page: Page; errors: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  return { page, errors }
}
