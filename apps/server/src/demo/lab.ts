import type { System } from '../boot.ts'
import { installTemplates, updateMessageSettings } from '../modules/communications/index.ts'
import { installDefaults } from '../modules/catalog/index.ts'
import { createPartner } from '../modules/integrations/index.ts'
import { createDoctor, createInsuranceGroup, createLab, createOrganisation, createStaff, labByCode } from '../modules/labs/index.ts'
import { systemActor } from '../platform/auth/index.ts'
import { lookup } from '../platform/db/index.ts'
import { placeMolecular } from './molecular.ts'
import { change } from '../platform/unit-of-work/index.ts'
import { watchFields } from './gaps.ts'

export const demoCode = 'demo'

/** Makes the demo lab, its catalogue, people and partners; with real commands, as everything here. */
export async function createDemoLab(): Promise<number> {
  const { labId, roles } = await createLab({
    code: demoCode, name: 'Aliquot Demo Laboratory', address: '14, Residency Road\nBengaluru 560025', phone: '+91 80 4000 1000', email: 'hello@demo-lab.example',
    accreditation: 'Demonstration only – not accredited', timezone: 'Asia/Kolkata',
  }, { adminUsername: 'admin', adminName: 'Dr. Anita Rao', qualification: 'MD (Pathology)', registrationNumber: 'KMC 45213', signRank: 9 })
  const actor = systemActor(labId, 'Demo')
  await change(actor, installDefaults)
  await watchFields(actor)
  await placeMolecular(actor)
  // Switched off: whoever looks sees how a partner is set up, and nothing leaves.
  await change(actor, (tx) => createPartner(tx, {
    name: 'City Hospital information system', url: 'https://his.example.org/aliquot', actions: ['patients.registered', 'reports.signed', 'reports.amended'], disabled: true,
  }))
  await change(actor, async (tx) => {
    for (const [username, name, role, signRank] of [
      ['reception', 'Sneha Kulkarni', 'receptionist', 0], ['collection', 'Ramesh Gowda', 'phlebotomist', 0], ['bench', 'Joseph Mathew', 'technician', 0], ['pathologist', 'Dr. Farah Khan', 'pathologist', 5],
      ['radiographer', 'Vijay Nair', 'pathologist', 0],
    ] as const) {
      await createStaff(tx, { kind: 'staff', username, name, roleId: roles[role], signRank, ...(role === 'pathologist' ? { qualification: 'MD, DNB (Pathology)', registrationNumber: 'KMC 60118' } : {}) })
    }
  })
  await change(actor, async (tx) => {
    for (const [code, name, kind, discountPercent] of [
      ['CITYH', 'City Hospital', 'hospital', 10], ['SUNR', 'Sunrise Clinic', 'clinic', 5], ['WELL', 'WellSpring Corporate Health', 'corporate', 15],
    ] as const) {
      await createOrganisation(tx, { code, name, kind, discountPercent })
    }
    for (const [name, code, payerId] of [
      ['Star Health Insurance', 'STAR', 'IN-0142'], ['Care Health Insurance', 'CARE', 'IN-0098'], ['Government health scheme', 'CGHS', null],
    ] as const) {
      await createInsuranceGroup(tx, { name, code, payerId })
    }
    for (const [name, speciality] of [['Dr. Meera Iyer', 'General medicine'], ['Dr. Arvind Shenoy', 'Cardiology'], ['Dr. Fatima Siddiqui', 'Obstetrics'], ['Dr. Paul Fernandes', 'Paediatrics'], ['Dr. Kavya Reddy', 'Endocrinology']] as const) {
      await createDoctor(tx, { name, speciality, email: `${name.split(' ').at(-1)?.toLowerCase()}@doctors.example` })
    }
  })
  // Whoever looks around at night sees messages too.
  await change(actor, (tx) => updateMessageSettings(tx, { version: 0, quietFrom: null, quietTo: null, withoutConsent: 'send' }))
  await change(actor, (tx) => installTemplates(tx, ['Give the patient the report', 'Tell the doctor about critical values']))
  return labId
}

export interface DemoLab {
  labId: number
  isNew: boolean
  signInLink: string | null
}

/** The demo lab of an otherwise empty database. Its administrator gets a one-time link for as long as no password was chosen. */
export async function ensureDemoLab({ auth }: System): Promise<DemoLab | null> {
  const known = await labByCode(demoCode)
  const [{ others } = { others: false }] = await lookup<{ others: boolean }>('select labs.any_lab() as others')
  if (!known && others) return null
  const labId = known ?? (await createDemoLab())
  const [admin] = await lookup<{ email: string; has_password: boolean }>('select * from labs.sign_in_of($1, $2)', [labId, 'admin'])
  return { labId, isNew: !known, signInLink: admin && !admin.has_password ? await auth.oneTimeLink(admin.email) : null }
}
