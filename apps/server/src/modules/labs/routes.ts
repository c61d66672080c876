import * as contracts from '@aliquot/contracts'
import { serve } from '#platform/http'
import { change, read } from '#platform/unit-of-work'
import { accountOf } from './accounts.ts'
import { createApiKey } from './create-api-key.ts'
import { createDepartment } from './create-department.ts'
import { createDoctor } from './create-doctor.ts'
import { createDomain } from './create-domain.ts'
import { createInsuranceGroup } from './create-insurance-group.ts'
import { createOrganisation } from './create-organisation.ts'
import { createOutsourceLab } from './create-outsource-lab.ts'
import { createRole } from './create-role.ts'
import { createStaff } from './create-staff.ts'
import { disableStaff } from './disable-staff.ts'
import { enableStaff } from './enable-staff.ts'
import { getSession } from './get-session.ts'
import { inviteAccount } from './invite-account.ts'
import { readLab } from './lab-profile.ts'
import { listApiKeys } from './list-api-keys.ts'
import { listDepartments } from './list-departments.ts'
import { listDoctors } from './list-doctors.ts'
import { listDomains } from './list-domains.ts'
import { listInsuranceGroups } from './list-insurance-groups.ts'
import { listOrganisations } from './list-organisations.ts'
import { listOutsourceLabs } from './list-outsource-labs.ts'
import { listRoles } from './list-roles.ts'
import { listStaff } from './list-staff.ts'
import { setFirstPassword } from './set-first-password.ts'
import { updateDepartment } from './update-department.ts'
import { updateDoctor } from './update-doctor.ts'
import { updateDomain } from './update-domain.ts'
import { updateInsuranceGroup } from './update-insurance-group.ts'
import { updateLab } from './update-lab.ts'
import { updateOrganisation } from './update-organisation.ts'
import { updateOutsourceLab } from './update-outsource-lab.ts'
import { updateRole } from './update-role.ts'
import { updateStaff } from './update-staff.ts'
import { withdrawApiKey } from './withdraw-api-key.ts'

export const routes = [
  serve(contracts.getSession, ({ actor }) => read(actor, (db) => getSession(db, actor))),
  serve(contracts.setFirstPassword, ({ actor, body, request }) => setFirstPassword(actor, request.headers.cookie, body.password)),

  serve(contracts.getLab, ({ actor }) => read(actor, readLab)),
  serve(contracts.updateLab, ({ actor, body }) => change(actor, (tx) => updateLab(tx, body))),

  serve(contracts.listStaff, ({ actor, query }) => read(actor, (db) => listStaff(db, query))),
  serve(contracts.createStaff, ({ actor, body }) => change(actor, (tx) => createStaff(tx, body))),
  serve(contracts.getStaff, ({ actor, params }) => read(actor, (db) => accountOf(db, params.accountId))),
  serve(contracts.updateStaff, ({ actor, params, body }) => change(actor, (tx) => updateStaff(tx, params.accountId, body))),
  serve(contracts.disableStaff, ({ actor, params }) => change(actor, (tx) => disableStaff(tx, params.accountId))),
  serve(contracts.enableStaff, ({ actor, params }) => change(actor, (tx) => enableStaff(tx, params.accountId))),
  serve(contracts.inviteStaff, ({ actor, params }) => inviteAccount(actor, params.accountId)),
  serve(contracts.listApiKeys, ({ actor, params, query }) => read(actor, (db) => listApiKeys(db, params.accountId, query))),
  serve(contracts.createApiKey, ({ actor, params, body }) => createApiKey(actor, params.accountId, body)),
  serve(contracts.deleteApiKey, ({ actor, params }) => change(actor, (tx) => withdrawApiKey(tx, params.accountId, params.apiKeyId))),

  serve(contracts.listRoles, ({ actor, query }) => read(actor, (db) => listRoles(db, query))),
  serve(contracts.createRole, ({ actor, body }) => change(actor, (tx) => createRole(tx, body))),
  serve(contracts.updateRole, ({ actor, params, body }) => change(actor, (tx) => updateRole(tx, params.roleId, body))),

  serve(contracts.listOrganisations, ({ actor, query }) => read(actor, (db) => listOrganisations(db, query))),
  serve(contracts.createOrganisation, ({ actor, body }) => change(actor, (tx) => createOrganisation(tx, body))),
  serve(contracts.updateOrganisation, ({ actor, params, body }) => change(actor, (tx) => updateOrganisation(tx, params.organisationId, body))),

  serve(contracts.listDoctors, ({ actor, query }) => read(actor, (db) => listDoctors(db, query))),
  serve(contracts.createDoctor, ({ actor, body }) => change(actor, (tx) => createDoctor(tx, body))),
  serve(contracts.updateDoctor, ({ actor, params, body }) => change(actor, (tx) => updateDoctor(tx, params.doctorId, body))),

  serve(contracts.listDepartments, ({ actor, query }) => read(actor, (db) => listDepartments(db, query))),
  serve(contracts.createDepartment, ({ actor, body }) => change(actor, (tx) => createDepartment(tx, body))),
  serve(contracts.updateDepartment, ({ actor, params, body }) => change(actor, (tx) => updateDepartment(tx, params.departmentId, body))),

  serve(contracts.listOutsourceLabs, ({ actor, query }) => read(actor, (db) => listOutsourceLabs(db, query))),
  serve(contracts.createOutsourceLab, ({ actor, body }) => change(actor, (tx) => createOutsourceLab(tx, body))),
  serve(contracts.updateOutsourceLab, ({ actor, params, body }) => change(actor, (tx) => updateOutsourceLab(tx, params.outsourceLabId, body))),

  serve(contracts.listInsuranceGroups, ({ actor, query }) => read(actor, (db) => listInsuranceGroups(db, query))),
  serve(contracts.createInsuranceGroup, ({ actor, body }) => change(actor, (tx) => createInsuranceGroup(tx, body))),
  serve(contracts.updateInsuranceGroup, ({ actor, params, body }) => change(actor, (tx) => updateInsuranceGroup(tx, params.insuranceGroupId, body))),

  serve(contracts.listDomains, ({ actor, query }) => read(actor, (db) => listDomains(db, query))),
  serve(contracts.createDomain, ({ actor, body }) => change(actor, (tx) => createDomain(tx, body))),
  serve(contracts.updateDomain, ({ actor, params, body }) => change(actor, (tx) => updateDomain(tx, params.domainId, body))),
]
