import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { fileURLToPath } from 'node:url'

const types: Record<string, string> = { html: 'text/html; charset=utf-8', css: 'text/css; charset=utf-8', ts: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml' }
const files = ['index.html', 'page.css', 'icon.svg', 'page.ts', 'ask.ts', 'connections.ts', 'element.ts', 'progress.ts', 'skipped.ts'] as const

/** The files of the page by their path: TypeScript with its types taken out, so that nothing need be built. */
export const pageFiles = (): Map<string, { type: string; text: string }> => new Map(files.map((name) => {
  const text = readFileSync(fileURLToPath(new URL(`page/${name}`, import.meta.url)), 'utf8')
  const ending = name.split('.').at(-1) ?? ''
  return [name === 'index.html' ? '/' : `/${name}`, { type: types[ending] ?? 'text/plain', text: ending === 'ts'
    ? stripTypeScriptTypes(text) : text }]
}))
