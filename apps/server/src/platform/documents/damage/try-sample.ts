import { DocumentRefused, toPdf } from '../index.ts'
import type { CheckedPdf } from '../index.ts'
import { sameFirstPage } from './same-first-page.ts'
import type { Sample } from './samples.ts'

export interface Outcome {
  /** the step that opened it, or the code of the refusal */
  became: string
  pages: number | null
  milliseconds: number
  /** null where there is no original to compare with */
  firstPageSame: boolean | null
  notice: string | null
  /** null where nothing was expected */
  asExpected: boolean | null
}

/** A sample, or any file of which nothing is expected. */
export type Trial = Pick<Sample, 'bytes' | 'original'> & { expect?: Sample['expect'] }

/** Opens a file as an upload is opened, and says what became of it. */
export const trySample = async ({ bytes, original, expect }: Trial): Promise<Outcome> => {
  const start = performance.now()
  const outcome = await toPdf(bytes, '').catch((error: unknown) => error)
  const milliseconds = Math.round(performance.now() - start)
  if (outcome instanceof DocumentRefused) {
    const asExpected = expect ? 'refused' in expect && expect.refused === outcome.code : null
    return { became: outcome.code, pages: null, milliseconds, firstPageSame: null, notice: outcome.says, asExpected }
  }
  if (outcome instanceof Error) throw outcome
  const checked = outcome as CheckedPdf
  const firstPageSame = original ? await sameFirstPage(original, checked.bytes) : null
  const asExpected = expect ? fits(expect, checked) && firstPageSame !== false : null
  return { became: checked.step, pages: checked.pages, milliseconds, firstPageSame, notice: checked.notice, asExpected }
}

const fits = (expect: Sample['expect'], { pages, step }: CheckedPdf): boolean =>
  'pages' in expect && (expect.atLeast ? pages >= expect.pages : pages === expect.pages) && (!expect.step || expect.step === step)
