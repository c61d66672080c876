import { pino } from 'pino'
import type { Given } from '../config/read-values.ts'
import { serveScreen } from '../screen/serve.ts'

/** Serves the page until it is stopped, and prints the link that opens it once. */
export async function showScreen(given: Given, port: number): Promise<void> {
  const screen = await serveScreen(given, port, pino({ level: given.values.logLevel || 'info', base: null }, pino.destination(2)))
  process.stdout.write(`The page is open for you at  ${screen.link}\n`)
  process.stdout.write('The link works once, on this machine. Ctrl+C ends.\n')
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve)
    process.once('SIGINT', resolve)
  })
  await screen.close()
}
