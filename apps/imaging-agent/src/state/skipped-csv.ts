import { reasons } from '../check/reasons.ts'
import { skippedAfter } from './images.ts'
import type { State } from './state.ts'

const page = 500

/** What was set aside, line by line, with a byte order mark: spreadsheets then read names right. */
export function* skippedCsv(state: State, reason = '', words = ''): Generator<string> {
  yield '\ufeffFile,Reason,Detail,What to do,Since\r\n'
  for (let after = ''; ;) {
    const rows = skippedAfter(state, { after, reason, words, limit: page })
    for (const { file, reason: code, detail, at } of rows) {
      yield `${[file, reasons[code][0], detail, reasons[code][1], new Date(at).toISOString()].map(cell).join(',')}\r\n`
    }
    after = rows.at(-1)?.file ?? ''
    if (rows.length < page) return
  }
}

/** What begins like a formula is text to a spreadsheet only behind an apostrophe. */
const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
