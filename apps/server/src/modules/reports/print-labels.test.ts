import { beforeAll, expect, it } from 'vitest'
import { anActiveTest } from '../catalog/testing.ts'
import { aPatient } from '../patients/testing.ts'
import { modules } from '../../modules.ts'
import type { Actor } from '#platform/auth'
import { countStatements } from '#platform/db'
import { registerModules } from '#platform/module'
import { testDatabase } from '#platform/testing'
import { change } from '#platform/unit-of-work'
import { readPdf } from '../../platform/typeset/testing/read-pdf.ts'
import { printLabels } from './print-labels.ts'
import { redrawSpecimens } from './redraw-specimens.ts'
import { aBench, anOrder } from './testing.ts'

let admin: Actor
let testIds: number[]

beforeAll(async () => {
  await testDatabase()
  registerModules(modules)
  admin = (await aBench()).admin
  testIds = [(await anActiveTest(admin, { shortName: 'Sugar' })).id,
    (await anActiveTest(admin, { shortName: 'Count', specimen: { type: 'Blood', container: 'EDTA', volumeMl: 2 } })).id]
})

it('prints a label for each specimen in use, or for those asked for', async () => {
  const { id: patientId } = await aPatient(admin, { fullName: 'Asha Rao' })
  const order = await anOrder(admin, testIds, { patientId })
  const { result, statements } = await countStatements(() => printLabels(admin, order.id, 'pdf', {}))
  expect([result.contentType, statements]).toEqual(['application/pdf', 7])
  const pages = await readPdf(result.bytes as Buffer)
  expect(pages.map(({ text }) => text)).toEqual([expect.stringContaining(`${order.number}A`), expect.stringContaining(`${order.number}B`)])
  expect(pages[0]?.text).toMatch(/Asha Rao[\s\S]*Sugar/)

  const [first] = order.specimens
  const { specimens: [fresh] } = await change(admin, (tx) => redrawSpecimens(tx, { specimenIds: [first!.id] }))
  const zpl = async (options: object) => String((await printLabels(admin, order.id, 'zpl', options)).bytes)
  const all = await zpl({ dpi: 300, kind: 'qr' })
  expect(all.match(/\^XA/g)).toHaveLength(2)
  expect(all).toContain(`${order.number}C`)
  expect(all).not.toContain(`${order.number}A`)
  expect((await zpl({ specimenIds: [fresh!.id] })).match(/\^XA/g)).toHaveLength(1)
  await expect(zpl({ specimenIds: [first!.id] })).rejects.toMatchObject({ code: 'platform.not_found' })
})
