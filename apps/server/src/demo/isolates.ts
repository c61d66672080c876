import { getAntibiogram, importIsolates } from '../modules/molecular/index.ts'
import { systemActor } from '../platform/auth/index.ts'
import { change, read } from '../platform/unit-of-work/index.ts'
import { Random } from './random.ts'

const drugs = ['PEN', 'OXA', 'AMX', 'AMC', 'TZP', 'CXM', 'CTX', 'CAZ', 'FEP', 'MEM', 'GEN', 'AMK', 'CIP', 'SXT', 'NIT', 'FOS', 'VAN', 'LNZ', 'ERY', 'CLI', 'TCY', 'FLU', 'VOR'] as const

/** How often it grows, and of each drug that is tested the share that works at first and how that changes in a year; made up, but of the usual order. */
const species: [name: string, weight: number, shares: Partial<Record<(typeof drugs)[number], readonly [number, number?]>>][] = [
  ['Escherichia coli', 40, { AMX: [48, -2], AMC: [78, -1], TZP: [92], CXM: [82, -2], CTX: [86, -2], CAZ: [88, -1], FEP: [90, -1], MEM: [99.7], GEN: [91], AMK: [98], CIP: [79, -3], SXT: [72, -1], NIT: [97], FOS: [98] }],
  ['Klebsiella pneumoniae', 16, { AMC: [76, -2], TZP: [82, -2], CXM: [76, -2], CTX: [79, -3], CAZ: [80, -3], FEP: [82, -2], MEM: [97, -1], GEN: [89], AMK: [97], CIP: [80, -3], SXT: [79], NIT: [40], FOS: [80] }],
  ['Proteus mirabilis', 7, { AMX: [65], AMC: [90], TZP: [98], CXM: [95], CTX: [97], CAZ: [98], MEM: [99], GEN: [90], CIP: [84, -2], SXT: [68] }],
  ['Pseudomonas aeruginosa', 9, { TZP: [86], CAZ: [88, -1], FEP: [88], MEM: [87, -2], GEN: [88], AMK: [94], CIP: [81, 1] }],
  ['Staphylococcus aureus', 16, { PEN: [22], OXA: [82, 1], GEN: [96], CIP: [84], SXT: [98], VAN: [100], LNZ: [99.5], ERY: [72, -1], CLI: [79, -1], TCY: [92] }],
  ['Enterococcus faecalis', 9, { AMX: [99], CIP: [78], NIT: [98], VAN: [99], LNZ: [98], TCY: [27] }],
  ['Streptococcus pneumoniae', 4, { PEN: [94], CTX: [98], ERY: [79], CLI: [85], SXT: [82], VAN: [100], LNZ: [100] }],
  ['Candida albicans', 4, { FLU: [97], VOR: [98] }],
]

const specimens = ['Urine', 'Urine', 'Urine', 'Blood', 'Wound swab', 'Sputum'] as const
const wards = [['Emergency', 'out'], ['Medicine', 'in'], ['Surgery', 'in'], ['ICU', 'in'], ['General practice', 'out']] as const
const isolates = 2600
const day = 24 * 3600_000

/** Isolates of the last years as another system exports them: what an antibiogram needs, and a month of work does not bring. */
export async function placeIsolates(labId: number): Promise<void> {
  const actor = systemActor(labId, 'Demo')
  if ((await read(actor, (db) => getAntibiogram(db, labId, {}))).isolates.found > 0) return
  const random = new Random(labId * 7919 + 5)
  const weights = species.flatMap((one) => Array.from({ length: one[1] }, () => one))
  const today = Math.floor(Date.now() / day)
  const rows = Array.from({ length: isolates }, (_, n) => {
    const [name, , shares] = random.pick(weights)
    const back = random.integer(1, 3 * 365)
    const [ward, type] = random.pick(wards)
    const results = drugs.map((drug) => {
      const [share, change = 0] = shares[drug] ?? []
      if (share === undefined || random.chance(0.06)) return ''
      const worse = ward === 'ICU' ? 6 : 0
      if (random.next() * 100 < share + change * (3 - back / 365) - (share < 99 ? worse : 0)) return 'S'
      return random.chance(0.07) ? 'I' : 'R'
    })
    const date = new Date((today - back) * day).toISOString().slice(0, 10)
    return [`D-${n + 1}`, date, `X-${random.integer(1, 1700)}`, name, random.pick(specimens), ward, type, random.pick(['F', 'M']), random.integer(1, 92), random.chance(0.03), ...results]
  })
  const header = ['isolate_id', 'date', 'patient', 'organism', 'specimen', 'ward', 'pat_type', 'sex', 'age', 'surveillance', ...drugs]
  const contents = Buffer.from([header, ...rows].map((row) => row.join(',')).join('\n')).toString('base64')
  await change(actor, (tx) => importIsolates(tx, { fileName: 'former-system.csv', contents, dryRun: false }))
}
