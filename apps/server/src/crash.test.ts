import { spawn, type ChildProcess } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Bill } from '@aliquot/contracts'
import { createTest } from './modules/catalog/create-test.ts'
import { aDefinition, anActiveTest, aParameter } from './modules/catalog/testing.ts'
import { mergePatients } from './modules/patients/merge-patients.ts'
import { aPatient, aPerson } from './modules/patients/testing.ts'
import { createInsuranceGroup, labProfile } from './modules/labs/index.ts'
import { signInAs, testAuth } from './modules/labs/testing.ts'
import { registerPatient } from './modules/patients/index.ts'
import { addPayment } from './modules/billing/add-payment.ts'
import { cancelBill } from './modules/billing/cancel-bill.ts'
import { answerClaim, settleClaim, updateClaim, withdrawClaim } from './modules/billing/change-claim.ts'
import { chargeToInsurance } from './modules/billing/charge-to-insurance.ts'
import { submitClaims } from './modules/billing/submit-claims.ts'
import { createBill } from './modules/billing/index.ts'
import { aBill, aDesk, itemsOf, type Desk } from './modules/billing/testing.ts'
import { updateBill } from './modules/billing/update-bill.ts'
import { acknowledgeCritical } from './modules/reports/acknowledge-critical.ts'
import { amendReport } from './modules/reports/amend-report.ts'
import { signReports, verifyReports } from './modules/reports/bulk.ts'
import { cancelReport } from './modules/reports/cancel-report.ts'
import { collectSpecimens } from './modules/reports/collect-specimens.ts'
import { redrawSpecimens } from './modules/reports/redraw-specimens.ts'
import { rejectSpecimens } from './modules/reports/reject-specimens.ts'
import { rerunReport } from './modules/reports/rerun-report.ts'
import { saveValues } from './modules/reports/save-values.ts'
import { signReport } from './modules/reports/sign-report.ts'
import { aReceivedOrder, enter } from './modules/reports/testing.ts'
import { unsignReport } from './modules/reports/unsign-report.ts'
import { importIsolates } from './modules/molecular/isolates/import-isolates.ts'
import { moveIsolates, refreshIsolates } from './modules/molecular/isolates/refresh-isolates.ts'
import { aSignedCulture } from './modules/molecular/isolates/testing.ts'
import { savePanel } from './modules/molecular/panels.ts'
import { repairSummary } from './modules/molecular/repair-summary.ts'
import { defaultDrugs, organismAntibioticResults, rerunTargets, updateDrugs } from './modules/molecular/save-entry.ts'
import { aBegunReport, aPanelBody } from './modules/molecular/testing/entry.ts'
import { createInstrument, createQcLot } from './modules/devices/index.ts'
import { setConsent } from './modules/communications/consent.ts'
import { sendByHand } from './modules/communications/send-by-hand.ts'
import { aTemplate, aTrigger } from './modules/communications/testing.ts'
import { createTemplate } from './modules/communications/templates.ts'
import { createTrigger, updateTrigger } from './modules/communications/triggers.ts'
import { anInstrument, hl7Profile } from './modules/devices/testing.ts'
import { copyMaster } from './modules/molecular/copy-master.ts'
import { createMaster } from './modules/molecular/create-master.ts'
import { mapTargets, unmapTargets } from './modules/molecular/device-targets.ts'
import { restoreMappings } from './modules/molecular/restore-mappings.ts'
import { disableMaster, enableMaster } from './modules/molecular/switch-master.ts'
import { aGene, anAntibiotic, anOrganism } from './modules/molecular/testing.ts'
import { updateMaster } from './modules/molecular/update-master.ts'
import { saveTarget } from './modules/missing-details/entity-targets.ts'
import { saveConfiguration } from './modules/missing-details/index.ts'
import { resolveDetails } from './modules/missing-details/resolve-details.ts'
import { detailsOf, watch } from './modules/missing-details/testing.ts'
import { addCard, createClinic } from './modules/imaging/index.ts'
import { updateClinic } from './modules/imaging/clinics.ts'
import { checkAgain, discardImage, fileImage } from './modules/imaging/decide.ts'
import { importCards } from './modules/imaging/import-cards.ts'
import { aClinic, aSetAsideImage } from './modules/imaging/testing.ts'
import { attachFile, lockForFile } from './modules/reports/attach-file.ts'
import { convertReport } from './modules/reports/convert-report.ts'
import { markReportsDone } from './modules/reports/mark-done.ts'
import { attachObject } from './modules/storage/index.ts'
import { removeObject } from './modules/storage/look-after.ts'
import { reserveObject } from './modules/storage/reserve-object.ts'
import { aCheckedRow } from './modules/storage/testing.ts'
import { modules } from './modules.ts'
import { registerModules } from './platform/module/index.ts'
import { testDatabase, type TestDatabase } from './platform/testing/index.ts'
import { change, type Tx } from './platform/unit-of-work/index.ts'

let database: TestDatabase
let desk: Desk
let headers: { authorization: string }
let glucose: number

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  testAuth(database)
  desk = await aDesk()
  glucose = (await anActiveTest(desk.admin, { parameters: [aParameter()] })).id
  headers = (await signInAs(desk.admin, ['patients.view', 'patients.register', 'billing.view', 'billing.create', 'billing.take_payments'])).headers
  // A commit that fails when everything is written: the last moment at which a command can die.
  await database.rows(`
    create table public.power_out ();
    create function public.power_out() returns trigger language plpgsql security definer set search_path = public as $$ begin
      if exists (select from public.power_out) then raise exception 'the power went out'; end if;
      return null;
    end $$;
    create constraint trigger power_out after insert
      on platform.activity deferrable initially deferred for each row execute function public.power_out()`)
})

/** Every row of every table, in one fingerprint each. */
async function everything(): Promise<Record<string, string>> {
  const tables = await database.rows<{ name: string }>(`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema', 'public', 'auth', 'labs', 'graphile_worker') or tablename = '_private_jobs'
      order by 1`)
  const parts = tables.map(({ name }) => `select '${name}' as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as print
    from ${name} t`)
  const prints = await database.rows<{ name: string; print: string }>(parts.join(' union all '))
  return Object.fromEntries(prints.map(({ name, print }) => [name, print]))
}

const reason = 'because'
const billOf = (more = {}) => aBill(desk, more)
const specimensOf = async () => ({ specimenIds: (await aReceivedOrder(desk.admin, [glucose])).specimens.map(({ id }) => id), reason })
const completed = async (value = '15') => enter(desk.admin, (await aReceivedOrder(desk.admin, [glucose])).reports[0]!.id, { GLU: value })
const signed = async () => {
  const { id, version } = await completed()
  return change(desk.admin, (tx) => signReport(tx, id, { version }))
}

const insured = async () => {
  const group = await change(desk.admin, (tx) => createInsuranceGroup(tx, { name: `Group ${++groups}` }))
  const patient = await aPatient(desk.admin, { insuranceList: [{ insuranceGroupId: group.id, policyNumber: 'P1' }] })
  return { bill: await aBill({ ...desk, patientId: patient.id }), policyId: patient.insuranceList[0]!.id }
}
let groups = 0
const aClaim = async (status: 'draft' | 'submitted' | 'accepted' = 'draft') => {
  const { bill, policyId } = await insured()
  const charged = await change(desk.admin, (tx) => chargeToInsurance(tx, bill.id, { version: bill.version, policyId }))
  let claim = charged.claims[0]!
  if (status !== 'draft') [claim] = await change(desk.admin, (tx) => submitClaims(tx, [claim.id])) as [typeof claim]
  return status === 'accepted' ? change(desk.admin, (tx) => answerClaim(tx, claim.id, { version: claim.version, outcome: 'accepted' })) : claim
}

/** Prepares, then answers the command. */
const commands: Record<string, () => Promise<(tx: Tx) => Promise<unknown>>> = {
  createClinic: async () => (tx) => createClinic(tx, { code: `crash-${Math.random()}`.slice(0, 30), name: 'Crash' }),
  updateClinic: async () => {
    const { id, version } = await aClinic(desk.admin)
    return (tx) => updateClinic(tx, id, { version, name: 'Other' })
  },
  addCard: async () => {
    const { id } = await aClinic(desk.admin)
    return (tx) => addCard(tx, { clinicId: id, cardId: '1', patientId: desk.patientId })
  },
  importCards: async () => {
    const { id } = await aClinic(desk.admin)
    const [{ guid } = { guid: '' }] = await database.rows<{ guid: string }>('select guid from patients.patient where id = $1', [desk.patientId])
    return (tx) => importCards(tx, { clinicId: id, csv: `card_id,patient_guid\n1,${guid}`, dryRun: false })
  },
  fileImage: async () => {
    const { id, version } = await aSetAsideImage(desk.admin)
    return (tx) => fileImage(tx, id, { version, reason, patientId: desk.patientId })
  },
  discardImage: async () => {
    const { id, version } = await aSetAsideImage(desk.admin)
    return (tx) => discardImage(tx, id, { version, reason })
  },
  checkImageAgain: async () => {
    const { id, version } = await aSetAsideImage(desk.admin)
    return (tx) => checkAgain(tx, id, { version })
  },
  registerPatient: async () => {
    const lab = await labProfile(desk.admin.labId)
    return (tx) => registerPatient(tx, aPerson({ acknowledgeDuplicates: true }), lab)
  },
  mergePatients: async () => {
    const lab = await labProfile(desk.admin.labId)
    const [kept, merged] = [await aPatient(desk.admin), await aPatient(desk.admin)]
    await aBill({ ...desk, patientId: merged.id })
    return (tx) => mergePatients(tx, { keepId: kept.id, version: 1, mergeId: merged.id, mergeVersion: 1, choose: ['fullName'] }, lab)
  },
  chargeToInsurance: async () => {
    const { bill, policyId } = await insured()
    return (tx) => chargeToInsurance(tx, bill.id, { version: bill.version, policyId })
  },
  submitClaims: async () => {
    const claim = await aClaim()
    return (tx) => submitClaims(tx, [claim.id])
  },
  updateClaim: async () => {
    const { id, version } = await aClaim()
    return (tx) => updateClaim(tx, id, { version, amount: 1 })
  },
  answerClaim: async () => {
    const { id, version } = await aClaim('submitted')
    return (tx) => answerClaim(tx, id, { version, outcome: 'accepted' })
  },
  settleClaim: async () => {
    const { id, version } = await aClaim('accepted')
    return (tx) => settleClaim(tx, id, { version, amount: 5 })
  },
  withdrawClaim: async () => {
    const { id, version } = await aClaim()
    return (tx) => withdrawClaim(tx, id, { version, reason })
  },
  registerWithPlaceholder: async () => {
    await watch(desk.admin, 'patients.city', 'unknown')
    const lab = await labProfile(desk.admin.labId)
    return (tx) => registerPatient(tx, aPerson({ acknowledgeDuplicates: true, city: 'unknown' }), lab)
  },
  resolveDetails: async () => {
    await watch(desk.admin, 'patients.city', 'unknown')
    await aPatient(desk.admin, { city: 'unknown' })
    const [detail] = await detailsOf(desk.admin, { isResolved: false })
    return (tx) => resolveDetails(tx, { ids: [detail!.id], isResolved: true })
  },
  saveMissingDetailsConfig: async () => {
    await change(desk.admin, (tx) => saveTarget(tx, { entity: 'doctor', url: 'https://elsewhere.example/', secret: 'x' }))
    const named = { fieldModule: 'patients' as const }
    return (tx) => saveConfiguration(tx, [{ ...named, fieldName: 'doctor', fieldValue: 'Dr. Elsewhere' },
      { ...named, fieldName: 'organisation', fieldValue: 'Unknown clinic' }])
  },
  saveEntityTarget: async () => (tx) => saveTarget(tx, { entity: 'organisation', url: 'https://elsewhere.example/', secret: 'x' }),
  createTest: async () => (tx) => createTest(tx, { definition: aDefinition(), price: 100 }),
  createBill: async () => (tx) => createBill(tx,
    { patientId: desk.patientId, items: itemsOf(desk.tests), payments: [{ amount: 5, method: 'cash' }] }),
  updateBill: async () => {
    const { id, version, items } = await billOf()
    return (tx) => updateBill(tx, id, { version, removeItemIds: [items[0]!.id], addItems: itemsOf([desk.tests[1]]) })
  },
  addPayment: async () => {
    const { id, version } = await billOf()
    return (tx) => addPayment(tx, id, { version, kind: 'payment', amount: 10, method: 'cash' })
  },
  cancelBill: async () => {
    const { id, version } = await billOf()
    return (tx) => cancelBill(tx, id, { version, reason })
  },
  collectSpecimens: async () => {
    const { accession } = await billOf()
    return (tx) => collectSpecimens(tx, { specimenIds: accession.specimens.map(({ id }) => id) })
  },
  rejectSpecimens: async () => {
    const body = await specimensOf()
    return (tx) => rejectSpecimens(tx, body)
  },
  redrawSpecimens: async () => {
    const body = await specimensOf()
    return (tx) => redrawSpecimens(tx, body)
  },
  saveValues: async () => {
    const { id, version } = await completed()
    return (tx) => saveValues(tx, id, { version, values: [{ code: 'GLU', value: '17' }], complete: true })
  },
  savePanel: async () => {
    const { testId } = await aBegunReport(desk.admin, database)
    return (tx) => savePanel(tx, testId, aPanelBody({ method: 'Another' }))
  },
  updateDrugs: async () => {
    const { id, organism } = await aBegunReport(desk.admin, database)
    return (tx) => updateDrugs(tx, id, { organisms: [{ id: organism, result: '39', override: 'DETECTED', reason }], complete: true })
  },
  defaultDrugs: async () => {
    const { fresh } = await aBegunReport(desk.admin, database)
    return (tx) => defaultDrugs(tx, fresh, undefined)
  },
  rerunTargets: async () => {
    const { id, version, organism } = await aBegunReport(desk.admin, database)
    return (tx) => rerunTargets(tx, id, { version, targets: [`o${organism}`], reason })
  },
  organismAntibioticResults: async () => {
    const { id, organism } = await aBegunReport(desk.admin, database)
    return (tx) => organismAntibioticResults(tx, { report_id: id, organisms: [{ id: organism, result: '12' }] })
  },
  repairSummary: async () => {
    const { id } = await aBegunReport(desk.admin, database)
    await database.rows(`delete from molecular.resistance_result where report_id = ${id}`)
    return (tx) => repairSummary(tx, { report_id: id })
  },
  importIsolates: async () => {
    const contents = Buffer.from('isolate_id,date,patient,organism,CIP\n1,2024-01-01,P1,Escherichia coli,R\n').toString('base64')
    return (tx) => importIsolates(tx, { fileName: 'isolates.csv', contents, dryRun: false })
  },
  followReport: async () => {
    const id = await aSignedCulture(desk.admin, database)
    return async (tx) => tx.record('molecular.isolates_followed', { id }, { ...(await refreshIsolates(tx, [id])) })
  },
  moveIsolates: async () => {
    const id = await aSignedCulture(desk.admin, database)
    await change(desk.admin, async (tx) => tx.record('molecular.isolates_followed', { id }, { ...(await refreshIsolates(tx, [id])) }))
    const [from] = await database.rows<{ patientId: number }>(`select patient_id as "patientId" from molecular.isolate where report_id = ${id}`)
    return async (tx) => {
      await moveIsolates(tx, { keepId: desk.patientId, mergeId: from?.patientId ?? 0 })
      tx.record('molecular.isolates_followed', { id })
    }
  },
  acknowledgeCritical: async () => {
    const { id, version } = await completed('99')
    return (tx) => acknowledgeCritical(tx, id, { version, parameterCodes: ['GLU'], toldWhom: 'Dr Rao', toldAt: tx.now.toISOString(), readBack: true })
  },
  verifyReports: async () => {
    const { id, version } = await completed()
    return (tx) => verifyReports(tx, { reports: [{ reportId: id, version }] })
  },
  signReports: async () => {
    const { id, version } = await completed()
    return (tx) => signReports(tx, { reports: [{ reportId: id, version }] })
  },
  unsignReport: async () => {
    const { id, version } = await signed()
    return (tx) => unsignReport(tx, id, { version, reason })
  },
  amendReport: async () => {
    const { id, version } = await signed()
    return (tx) => amendReport(tx, id, { version, reason, values: [{ code: 'GLU', value: '18' }] })
  },
  rerunReport: async () => {
    const { id, version } = await completed()
    return (tx) => rerunReport(tx, id, { version, codes: ['GLU'], reason })
  },
  cancelReport: async () => {
    const { id, version } = await completed()
    return (tx) => cancelReport(tx, id, { version, reason })
  },
  convertReport: async () => {
    const { id } = await signed()
    return (tx) => convertReport(tx, { labReportId: id, fileInputReport: true, reason })
  },
  reserveObject: async () => (tx) => reserveObject(tx, { fileName: 'a.pdf', contentType: 'application/pdf', size: 10, category: 'IdProof', patientId: 1 }, 'IN'),
  attachFile: async () => {
    const labReportId = await aFileReport()
    return async (tx) => {
      const report = await lockForFile(tx, { labReportId })
      const object = await attachObject(tx, { objectId: await aCheckedRow(tx, report.patientId), category: 'FileTypeReport', patientId: report.patientId })
      await attachFile(tx, report, { object, letterhead: 'add' })
    }
  },
  markReportsDone: async () => {
    const { reports: [carrier] } = await aReceivedOrder(desk.admin, [glucose, glucose])
    await change(desk.admin, (tx) => convertReport(tx, { labReportId: carrier!.id, fileInputReport: true }))
    return (tx) => markReportsDone(tx, { labReportId: carrier!.id })
  },
  removeObject: async () => {
    const id = await change(desk.admin, (tx) => aCheckedRow(tx, 1))
    return (tx) => removeObject(tx, id, { reason })
  },
  createMaster: async () => {
    const { id } = await anAntibiotic(desk.admin)
    return (tx) => createMaster(tx, 'organism', { name: `bug of ${id}`, antibiotics: [id], molecular_antibiotics: [id], intrinsic_antibiotics: [id] })
  },
  updateMaster: async () => {
    const [{ id }, gene] = [await anAntibiotic(desk.admin), await aGene(desk.admin)]
    return (tx) => updateMaster(tx, 'gene', gene.id, { name: `${gene.name}, changed`, antibiotics: [id] })
  },
  disableMaster: async () => {
    const { id } = await anAntibiotic(desk.admin)
    await anOrganism(desk.admin, { antibiotics: [id] })
    return (tx) => disableMaster(tx, 'antibiotic', id)
  },
  enableMaster: async () => {
    const { id } = await aGene(desk.admin)
    await change(desk.admin, (tx) => disableMaster(tx, 'gene', id))
    return (tx) => enableMaster(tx, 'gene', id)
  },
  restoreMappings: async () => {
    const { id } = await anOrganism(desk.admin, { antibiotics: [(await anAntibiotic(desk.admin)).id] })
    await change(desk.admin, (tx) => disableMaster(tx, 'organism', id))
    await change(desk.admin, (tx) => enableMaster(tx, 'organism', id))
    return (tx) => restoreMappings(tx, 'organism', id)
  },
  copyMaster: async () => {
    const [row] = await database.rows<{ id: number }>(`select id from molecular.antibiotic where lab_id is null and name = 'Meropenem'`)
    return (tx) => copyMaster(tx, 'antibiotic', row!.id)
  },
  mapTargets: async () => {
    const { id } = await aGene(desk.admin)
    return (tx) => mapTargets(tx, 'gene', 1, [{ code: `code ${id}`, gene_id: id }])
  },
  unmapTargets: async () => {
    const { id } = await aGene(desk.admin)
    const { mappings } = await change(desk.admin, (tx) => mapTargets(tx, 'gene', 2, [{ code: `code ${id}`, gene_id: id }]))
    return (tx) => unmapTargets(tx, 'gene', 2, mappings.map((mapping) => mapping.id))
  },
  sendByHand: async () => (tx) => sendByHand(tx, { patientId: desk.patientId, recipients: ['patient'], own: { channels: ['sms'], body: 'x' } }),
  setConsent: async () => (tx) => setConsent(tx, desk.patientId, { version: 0, sms: true, whatsapp: null, email: null, language: null }),
  createTemplate: async () => (tx) => createTemplate(tx, { name: 'T', channel: 'sms', scope: 'bill', texts: [{ language: 'en', body: 'x' }] }),
  createTrigger: async () => {
    const { id } = await aTemplate(desk.admin)
    return (tx) => createTrigger(tx, { name: 'G', event: 'report_signed', recipients: [{ kind: 'patient' }], templateIds: [id], attachReport: false,
      delayMinutes: 0, breaksQuietHours: false, disabled: false })
  },
  updateTrigger: async () => {
    const { id, version } = await aTrigger(desk.admin, [(await aTemplate(desk.admin)).id], { name: 'H' })
    return (tx) => updateTrigger(tx, id, { version, disabled: true })
  },
  createInstrument: async () => {
    const { profile } = await anInstrument(desk.admin, hl7Profile([]))
    return (tx) => createInstrument(tx, { code: `X${profile.id}`, name: 'Another', profileId: profile.id, port: 9000 + profile.id })
  },
  createQcLot: async () => {
    const { id } = await anInstrument(desk.admin, hl7Profile([]))
    return (tx) => createQcLot(tx, { instrumentId: id, parameter: 'GLU', control: 'C', level: '1', lot: '1', unit: '', mean: 1, sd: 1, validFrom: '2026-01-01' })
  },
}

const aFileReport = async () => {
  const { reports } = await aReceivedOrder(desk.admin, [glucose])
  await change(desk.admin, (tx) => convertReport(tx, { labReportId: reports[0]!.id, fileInputReport: true }))
  return reports[0]!.id
}

describe('a command that dies at its commit leaves no row, log entry, job or search document', () => {
  it.each(Object.entries(commands))('%s', async (_, prepare) => {
    const command = await prepare()
    const before = await everything()
    await database.rows('insert into public.power_out default values')
    try {
      await expect(change(desk.admin, command)).rejects.toThrow('the power went out')
    } finally {
      await database.rows('delete from public.power_out')
    }
    expect(await everything()).toEqual(before)
    await change(desk.admin, command)
    expect(await everything()).not.toEqual(before)
  })
})

const running: ChildProcess[] = []
afterAll(() => running.forEach((child) => child.kill('SIGKILL')))

const freePort = () => new Promise<number>((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo
    server.close(() => resolve(port))
  })
})

const main = fileURLToPath(new URL('main.ts', import.meta.url))

/** A real process of the server on this file's database. */
async function aProcess(roles: string): Promise<{ url: string; kill(): Promise<void> }> {
  const port = await freePort()
  const child = spawn(process.execPath, [main, 'start', '--roles', roles, '--no-demo', '--no-build'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DATABASE_URL: database.url, PORT: String(port), ALIQUOT_SECRET: database.config.secret,
      ALIQUOT_DATA: database.config.dataFolder, LOG_LEVEL: 'silent', DATABASE_POOL: '5' },
  })
  running.push(child)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    url: `http://127.0.0.1:${port}`,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Until it answers. */
const isUp = ({ url }: { url: string }) => vi.waitFor(async () => {
  const { status } = await fetch(`${url}/api/labs/current`, { headers })
  if (status !== 200) throw new Error(`It answers ${status}`)
}, { timeout: 60_000, interval: 100 })

const post = async <T>(url: string, body: unknown): Promise<T> => {
  const answer = await fetch(url, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) })
  expect(answer.status).toBe(201)
  return answer.json() as Promise<T>
}

describe('processes', () => {
  it('tell each other what changed, and lose nothing that was acknowledged when one is killed', async () => {
    const [doomed, other] = await Promise.all([aProcess('web'), aProcess('web')])
    await Promise.all([isUp(doomed), isUp(other)])

    // A change through one reaches the screens of the other.
    const stream = await fetch(`${other.url}/api/events`, { headers })
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader()
    const heard = async (text: string) => {
      for (let all = ''; !all.includes(text);) {
        const { value, done } = await reader.read()
        if (done) throw new Error(`the stream ended before ${text}`)
        all += value
      }
    }
    await heard('event: ready')
    const body = { patientId: desk.patientId, items: itemsOf([desk.tests[0]]), payments: [{ amount: 100, method: 'cash' }] }
    const first = await post<Bill>(`${doomed.url}/api/billing/bills`, body)
    await heard(`{"topic":"bill","id":${first.id}}`)
    await reader.cancel()

    // Killed right after its answer; what it queued is delivered by a process that starts later.
    const bill = await post<Bill>(`${doomed.url}/api/billing/bills`, body)
    await doomed.kill()
    expect(bill.invoiceNumber).toBeNull()
    await aProcess('worker')
    const again = async () => (await (await fetch(`${other.url}/api/billing/bills/${bill.id}`, { headers })).json()) as Bill
    await expect.poll(async () => (await again()).invoiceNumber, { interval: 100 }).toMatch(/^\d+$/)
    const accession = { number: bill.accession.number, reports: [{ status: 'ordered' }] }
    expect(await again()).toMatchObject({ number: bill.number, paid: 100, accession })
    expect(await database.rows('select 1 from billing.bill where invoice_number is null')).toEqual([])
  })
})
