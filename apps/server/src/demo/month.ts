import { createBill } from '../modules/billing/index.ts'
import { labProfile, staffNamed } from '../modules/labs/index.ts'
import { registerPatient } from '../modules/patients/index.ts'
import { acknowledgeCritical, collectSpecimens, getReport, receiveSpecimens, saveValues, signReports, verifyReports } from '../modules/reports/index.ts'
import { systemActor, type Actor } from '../platform/auth/index.ts'
import { at, change, read } from '../platform/unit-of-work/index.ts'
import { aVisitor } from './people.ts'
import { Random } from './random.ts'
import { resultsOf } from './results.ts'
import { readTargets } from './molecular.ts'
import { bringFile } from './scans.ts'
import { filesOf, orderablesOf, partnersOf, targetsOf, type Choice, type Partners } from './choices.ts'

interface Crew {
  desk: Actor
  bench: Actor
  pathologist: Actor
  random: Random
  /** Radiology's own person: a technician may not bring its files. */
  radiographer: Actor
  choices: Choice[]
  /** Tests whose report is a file. */
  files: Choice[]
  /** Tests whose results are organisms and genes. */
  targets: Choice[]
  partners: Partners
  known: { id: number; birthDate: string; sex: 'male' | 'female' | 'other' | 'unknown' }[]
}

export interface MonthOptions {
  days: number
  patients: number
  onProgress?: (done: number, of: number) => void
  stop?: () => boolean
}

const minute = 60_000
const day = 24 * 60 * minute

/** Fills a lab with days of work, up to this moment, by the commands that its staff would use at those times. */
export async function fillMonth(labId: number, { days, patients, onProgress = () => {}, stop = () => false }: MonthOptions): Promise<void> {
  const crew = await crewOf(labId)
  const now = Date.now()
  const total = days * patients
  let done = 0
  for (let back = days - 1; back >= 0; back--) {
    // The lab opens at seven in its own zone (UTC+5:30) and the last visitor comes about nine hours later.
    const opens = Math.floor((now - back * day) / day) * day + 90 * minute
    const arrivals = Array.from({ length: patients }, () => opens + crew.random.between(0, 9 * 60) * minute).sort((a, b) => a - b)
    const seeds = arrivals.map(() => crew.random.integer(1, 2 ** 31))
    // Visitors of one hour come side by side, as they do at three desks.
    for (let i = 0; i < arrivals.length; i += 4) {
      if (stop()) return
      await Promise.all(arrivals.slice(i, i + 4).map(async (arrival, k) => {
        if (arrival < now) await visit(crew, new Random(seeds[i + k] ?? 1), new Date(arrival), (now - arrival) / minute)
        onProgress(++done, total)
      }))
    }
  }
}

async function crewOf(labId: number): Promise<Crew> {
  const actor = systemActor(labId, 'Demo')
  const staff = (name: string) => staffNamed(actor, name)
  const [desk, bench, pathologist, radiographer] = await Promise.all([staff('reception'), staff('bench'), staff('pathologist'), staff('radiographer')])
  const [choices, files, targets, partners] = await Promise.all([orderablesOf(actor), filesOf(actor), targetsOf(actor), partnersOf(actor)])
  return { desk, bench, pathologist, radiographer, choices, files, targets, partners, random: new Random(labId * 7919 + 17), known: [] }
}

/** One visit, as far as it had come `minutesAgo` later: an order of the last hour is still at the bench. */
async function visit(crew: Crew, random: Random, arrival: Date, minutesAgo: number): Promise<void> {
  const labId = crew.desk.labId
  const lab = await labProfile(labId)
  const returning = crew.known.length > 20 && random.chance(0.3) ? random.pick(crew.known) : null
  const patient = returning ?? (await at(arrival, () => change(crew.desk, (tx) => registerPatient(tx, aVisitor(random, arrival), lab)))).patient
  if (!returning) crew.known.push(patient)

  const items = [...pickItems(random, crew.choices), ...(random.chance(0.05) ? [random.pick(crew.files)] : []),
    ...(crew.targets.length > 0 && random.chance(0.1) ? [random.pick(crew.targets)] : [])]
  const onCredit = random.chance(0.2)
  const bill = await at(later(arrival, 4), () => change({ ...crew.desk, permissions: systemActor(labId, '').permissions }, (tx) => createBill(tx, {
    patientId: patient.id, items: items.map(({ kind, id }) => ({ kind, id })), organisationId: onCredit ? random.pick(crew.partners.organisationIds) : null,
    doctorId: random.chance(0.7) ? random.pick(crew.partners.doctorIds) : null, priority: random.chance(0.05) ? 'stat' : random.chance(0.1) ? 'urgent' : 'routine',
    payments: onCredit || random.chance(0.1) ? [] : [{ amount: paidOf(random, items), method: random.pick(['cash', 'upi', 'card'] as const) }],
    icd: random.chance(0.25) ? [random.pick(diagnoses)] : [],
  })))
  if (minutesAgo < 15) return
  const specimenIds = bill.accession.specimens.map(({ id }) => id)
  if (specimenIds.length > 0) await at(later(arrival, 12), () => change(crew.bench, (tx) => collectSpecimens(tx, { specimenIds })))
  if (minutesAgo < 40) return
  if (specimenIds.length > 0 && !lab.settings.receiveOnCollect) await at(later(arrival, 30), () => change(crew.bench, (tx) => receiveSpecimens(tx, { specimenIds })))
  if (minutesAgo < 80) return
  await measure(crew, random, { reportIds: bill.accession.reports.map(({ id }) => id), patient, arrival, minutesAgo, timezone: lab.timezone })
}

interface Sample {
  reportIds: number[]
  patient: Crew['known'][number]
  arrival: Date
  minutesAgo: number
  timezone: string
}

async function measure(crew: Crew, random: Random, { reportIds, patient, arrival, minutesAgo, timezone }: Sample): Promise<void> {
  const done: { reportId: number; version: number }[] = []
  for (const id of reportIds) {
    const report = await read(crew.bench, (db) => getReport(db, crew.bench, id))
    if (report.flags.isFile) {
      // Some wait for their file.
      if (minutesAgo > 300) done.push(await bringFile(crew.radiographer, { report, time: later(arrival, random.integer(70, 90)) }))
      continue
    }
    const time = later(arrival, random.integer(50, 75))
    if (report.entry === 'sections') {
      // Some are still on the bench.
      const { status, version } = await readTargets(crew.bench, random, { reportId: id, time, complete: minutesAgo > 240 })
      if (status === 'completed') done.push({ reportId: id, version })
      continue
    }
    const { definition } = report
    let state = await at(time, () => change(crew.bench, (tx) => saveValues(tx, id, { version: report.version, values: resultsOf(random, definition, patient, time, timezone), complete: minutesAgo > 110 || random.chance(0.5) })))
    if (state.flags.unacknowledgedCritical && minutesAgo > 130) {
      const codes = state.values.filter(({ flag, acknowledged }) => flag.startsWith('critical') && !acknowledged).map(({ code }) => code)
      state = await at(later(time, 6), () => change(crew.bench, (tx) => acknowledgeCritical(tx, id, {
        version: state.version, parameterCodes: codes, toldWhom: random.pick(['Dr. Meera Iyer', 'Ward sister, City Hospital', 'Dr. Arvind Shenoy']), toldAt: later(time, 5).toISOString(), readBack: true,
      })))
    }
    if (state.status === 'completed') done.push({ reportId: id, version: state.version })
  }
  if (done.length === 0 || minutesAgo < 140) return
  const verified = await at(later(arrival, 100), () => change(crew.pathologist, (tx) => verifyReports(tx, { reports: done })))
  if (minutesAgo < 180) return
  const signable = verified.outcomes.flatMap(({ ok, reportId, version }) => (ok && version ? [{ reportId, version }] : []))
  if (signable.length > 0) await at(later(arrival, 130), () => change(crew.pathologist, (tx) => signReports(tx, { reports: signable })))
}

const later = (time: Date, minutes: number) => new Date(time.getTime() + minutes * minute)

/** A panel, or a few tests; common ones more often. No test twice. */
function pickItems(random: Random, choices: Choice[]): Choice[] {
  const wanted = random.chance(0.3) ? 1 : random.integer(1, 3)
  const items: Choice[] = []
  for (let tries = 0; items.length < wanted && tries < 12; tries++) {
    const choice = choices[Math.floor(random.next() ** 2 * choices.length)]
    const taken = new Set(items.flatMap(({ testIds }) => testIds))
    if (choice && !choice.testIds.some((id) => taken.has(id))) items.push(choice)
  }
  return items
}

const paidOf = (random: Random, items: Choice[]) => {
  const total = items.reduce((sum, { price }) => sum + price, 0)
  return random.chance(0.9) ? total : Math.max(100, Math.floor(total / 200) * 100)
}

const diagnoses = [
  { code: 'E11.9', description: 'Type 2 diabetes mellitus without complications' }, { code: 'I10', description: 'Essential (primary) hypertension' },
  { code: 'R50.9', description: 'Fever, unspecified' }, { code: 'D50.9', description: 'Iron deficiency anaemia, unspecified' }, { code: 'E03.9', description: 'Hypothyroidism, unspecified' },
]
