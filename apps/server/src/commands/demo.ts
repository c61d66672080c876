import { boot } from '../boot.ts'
import { createDemoLab, demoCode, fillMonth, placeInstruments, placeIsolates } from '../demo/index.ts'
import { labByCode } from '../modules/labs/index.ts'
import { startWorker } from '../platform/jobs/index.ts'

export async function fillDemo(options: { days: string; patients: string }): Promise<void> {
  const [days, patients] = [Number(options.days), Number(options.patients)]
  if (!Number.isInteger(days) || days < 1 || !Number.isInteger(patients) || patients < 1) throw new Error('--days and --patients must be whole numbers from 1')
  const system = await boot()
  try {
    const worker = await startWorker(2)
    const labId = (await labByCode(demoCode)) ?? (await createDemoLab())
    const onProgress = (done: number, of: number) => process.stdout.write(`\r${done} of ${of} visits`)
    await placeInstruments(labId, days)
    await placeIsolates(labId)
    await fillMonth(labId, { days, patients, onProgress })
    await worker.stop()
    console.log('\nThe demo lab is filled: code demo, user admin. `npm run aliquot -- sign-in-link --lab demo --user admin` lets you in.')
  } finally {
    await system.close()
  }
}
