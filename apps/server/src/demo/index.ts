import { log } from '../platform/log/index.ts'
import { placeImages } from './images.ts'
import { placeInstruments } from './instruments.ts'
import { placeIsolates } from './isolates.ts'
import { fillMonth } from './month.ts'

export { createDemoLab, demoCode, ensureDemoLab, type DemoLab } from './lab.ts'
export { placeInstruments } from './instruments.ts'
export { placeIsolates } from './isolates.ts'
export { fillMonth } from './month.ts'

/** Fills a new demo lab while people look around already; answers how to stop it. */
export function fillInBackground(labId: number, days: number): () => Promise<void> {
  if (days === 0) return async () => {}
  let stopped = false
  let shown = 0
  console.log('Filling the demo lab with a month of work; the screens fill as you look.')
  const onProgress = (done: number, of: number) => {
    const percent = Math.floor((done / of) * 10) * 10
    if (percent > shown) console.log(`  demo lab ${(shown = percent)} %`)
  }
  const working = placeInstruments(labId, days).then(() => placeIsolates(labId)).then(() => placeImages(labId))
    .then(() => fillMonth(labId, { days, patients: 40, onProgress, stop: () => stopped }))
    .catch((error: Error) => log.error({ err: error.message, stack: error.stack }, 'the demo lab could not be filled'))
  return async () => {
    stopped = true
    await working
  }
}
