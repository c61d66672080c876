import { listOrderables, listTests } from '../modules/catalog/index.ts'
import { listDoctors, listOrganisations } from '../modules/labs/index.ts'
import type { Actor } from '../platform/auth/index.ts'
import { read } from '../platform/unit-of-work/index.ts'

export interface Choice {
  kind: 'test' | 'panel'
  id: number
  code: string
  price: number
  testIds: number[]
}

export interface Partners {
  organisationIds: number[]
  doctorIds: number[]
}

/** Tests whose report is a file, which somebody brings. */
export const filesOf = (actor: Actor): Promise<Choice[]> => orderables(actor, (byFile, { testIds }) => testIds.every((id) => byFile.has(id)))

/** What doctors ask for most stands first. */
const popular = ['CBC', 'TSH', 'LIPID', 'GLUF', 'HBA1C', 'LFT', 'CREA', 'URINE', 'P_FEVER', 'P_DIABETES', 'P_THYROID', 'P_LIVER_KIDNEY', 'VITD', 'B12', 'CRP', 'ELEC', 'P_EXECUTIVE', 'P_ANTENATAL', 'P_PREOP', 'P_ANAEMIA']

/** Tests whose results are organisms and genes. */
export const targetsOf = (actor: Actor): Promise<Choice[]> => orderables(actor, (_files, { code }) => ['RESPPCR', 'UTIPCR', 'URCULT'].includes(code))

/** Tests and panels whose results are values. */
export const orderablesOf = (actor: Actor): Promise<Choice[]> => orderables(actor, (byFile, { code, testIds }) => !testIds.some((id) => byFile.has(id)) && !['RESPPCR', 'UTIPCR', 'URCULT'].includes(code))

async function orderables(actor: Actor, wanted: (byFile: ReadonlySet<number>, choice: Choice) => boolean): Promise<Choice[]> {
  const [{ items }, files] = await read(actor, async (db) => [await listOrderables(db, { limit: 200 }), await listTests(db, { formatType: 4, limit: 200 })] as const)
  const byFile = new Set(files.items.map(({ id }) => id))
  const place = (code: string) => (popular.includes(code) ? popular.indexOf(code) : popular.length)
  return items.filter((item) => wanted(byFile, item)).sort((a, b) => place(a.code) - place(b.code))
}

export async function partnersOf(actor: Actor): Promise<Partners> {
  const [organisations, doctors] = await read(actor, async (db) => [await listOrganisations(db, { limit: 50 }), await listDoctors(db, { limit: 50 })] as const)
  return { organisationIds: organisations.items.map(({ id }) => id), doctorIds: doctors.items.map(({ id }) => id) }
}
