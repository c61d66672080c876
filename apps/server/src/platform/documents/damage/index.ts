import { composePdf } from '../../typeset/index.ts'
import { cutSamples } from './cut-files.ts'
import { healthySamples } from './healthy-files.ts'
import { hostileSamples } from './hostile-files.ts'
import { lockedSamples } from './locked-files.ts'
import { oddSamples } from './odd-files.ts'
import type { Sample } from './samples.ts'

export type { Sample } from './samples.ts'
export { trySample } from './try-sample.ts'
export type { Outcome } from './try-sample.ts'

/** Healthy, odd, damaged, locked and hostile files, made from real ones and by hand: always the same. */
export const damagedSamples = async (): Promise<Sample[]> => {
  const real = await typesetFile()
  return [...(await healthySamples(real)), ...(await cutSamples(real)), ...oddSamples(), ...(await lockedSamples(real)), ...hostileSamples(real)]
}

/** Three pages with embedded fonts and a picture, as this system's own reports are made. */
const typesetFile = (): Promise<Uint8Array> => composePdf(
  { title: 'Original', subject: 'A file to be damaged', author: 'Aliquot', at: new Date(0), language: 'en' },
  (sheet) => {
    for (let page = 1; page <= 3; page++) {
      sheet.page(595.28, 841.89)
      sheet.text(`Page ${page} of the original`, 60, 90, { size: 24 })
      for (let row = 0; row < 40; row++) {
        sheet.text(`Row ${row + 1}: सोडियम 140 mmol/L, κάλιο ${(row / 7).toFixed(3)}`, 60, 130 + row * 16, { size: 10 })
      }
    }
  },
)
