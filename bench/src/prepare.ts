import { countStatements, thePool, type SentStatement } from '../../apps/server/src/platform/db/index.ts'
import { compareAntibiogram } from './antibiogram.ts'
import { finaliseWarm } from './file-report.ts'
import { anInstrument } from './mllp.ts'
import { openLab } from './lab.ts'
import { scriptOf, type Varied } from './pgbench-script.ts'
import { bodyOf, orderBody, threeResults } from './rounds.ts'

const marks = { patient: 700_000_001, bill: 710_000_001, item: 720_000_001, accession: 730_000_001, specimen: 740_000_001, report: 750_000_001 }
const tables = { patient: 'patients.patient', bill: 'billing.bill', item: 'billing.bill_item', accession: 'reports.accession', specimen: 'reports.specimen', report: 'reports.report' }
const somePatients = 2000

/**
 * A lab with its catalogue and key, and the statements of both benchmarks recorded from the real routes. While they are recorded, ids start
 * at marks that are found again in every statement.
 */
export async function prepare(instrumentPort: number) {
  const { app, system, lab, actor, key } = await openLab()
  await anInstrument(actor, instrumentPort)
  const call = async (method: 'POST' | 'PUT', url: string, payload: object) => {
    const { result, statements, sent } = await countStatements(() => app.inject({ method, url, payload, headers: { authorization: `Bearer ${key}` } }), true)
    if (result.statusCode >= 300) throw new Error(`${url} answered ${result.statusCode}: ${result.body}`)
    return { answer: result.json(), statements, sent: sent as SentStatement[] }
  }
  const { testId, values } = await threeResults(lab.labId)

  // Patients to order for; also warms every cache before anything is recorded.
  for (let n = 0; n < somePatients; n++) await call('POST', '/api-v3/registration/patients/new', bodyOf(n))
  const { rows: [range] } = await thePool().query<{ low: number; high: number }>('select min(id) as low, max(id) as high from patients.patient')
  const warm = await call('POST', '/api/billing/bills', orderBody(range?.low ?? 1, testId))
  await call('PUT', `/api/reports/${warm.answer.accession.reports[0].id}/values`, { version: 1, values, complete: false })

  const file = await finaliseWarm(app, lab.labId, key, range?.low ?? 1)

  for (const [name, mark] of Object.entries(marks)) await thePool().query(`alter table ${tables[name as keyof typeof tables]} alter column id restart with ${mark}`)
  const person = bodyOf(somePatients + 1)
  const registered = await call('POST', '/api-v3/registration/patients/new', person)
  const order = await call('POST', '/api/billing/bills', orderBody(marks.patient, testId))
  const report = order.answer.accession.reports[0]
  const results = await call('PUT', `/api/reports/${report.id}/values`, { version: report.version, values, complete: true })
  const signed = await call('POST', `/api/reports/${report.id}/sign`, { version: results.answer.version })
  for (const [name, mark] of Object.entries(marks)) await thePool().query(`alter table ${tables[name as keyof typeof tables]} alter column id restart with ${mark + 1_000_000}`)
  const antibiogram = await compareAntibiogram(actor)

  await app.close()
  await system.close()
  return {
    key, file, antibiogram, testId, values, patients: [range?.low ?? 1, range?.high ?? 1] as [number, number],
    statements: { register: registered.statements, order: order.statements, results: results.statements, sign: signed.statements },
    scripts: {
      register: scriptOf(registered.sent, marks, { varied: variedOf(person) }),
      order: scriptOf([...order.sent, ...results.sent, ...signed.sent], marks, { given: { patient: [range?.low ?? 1, range?.high ?? 1] } }),
    },
  }
}

/** The same person with another name, phone and birth date in each round. */
function variedOf({ fullName, phone, birthDate }: ReturnType<typeof bodyOf>): Varied {
  const digits = phone.replace(/\D/g, '').slice(-10)
  return { [fullName]: `left(md5(:unique::text), 9) || ' ' || right(md5(:unique::text), 9)`, [digits]: ':unique::text', [birthDate]: `date '1950-01-01' + (:unique % 18000)::int` }
}
