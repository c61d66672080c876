import { Type } from 'typebox'
import type { Static } from 'typebox'
import { route } from './route.ts'
import { filledLine, line, nullable, oneOf, partial, record, text } from './schema.ts'
import { Amount, Code, Email, Id, Page, Phone, Ref, Version, disabledQuery, pageQuery, searchQuery } from './shared.ts'

const contactFields = {
  contactName: nullable(line(120)),
  phone: nullable(Phone),
  email: nullable(Email),
  address: nullable(text(400)),
}

export const OrganisationKind = oneOf(['clinic', 'hospital', 'corporate', 'collection_centre', 'insurer', 'other'])
export type OrganisationKind = Static<typeof OrganisationKind>

const organisationFields = {
  name: filledLine(160),
  code: Code,
  kind: OrganisationKind,
  ...contactFields,
  creditLimit: nullable(Amount),
  discountPercent: Type.Number({ minimum: 0, maximum: 100, description: 'off the price list, kept to two decimals' }),
  disabled: Type.Boolean(),
}
/** Who sends patients or pays for them. `creditLimit` is in the lab's currency; null means no credit check. */
export const Organisation = record({ id: Id, version: Version, ...organisationFields })
export type Organisation = Static<typeof Organisation>

export const listOrganisations = route({
  method: 'GET', path: '/api/labs/organisations', permission: 'labs.view_directory',
  summary: 'Organisations by name', tags: ['labs'],
  query: record({ ...pageQuery, ...searchQuery, ...disabledQuery, kind: Type.Optional(OrganisationKind), domainId: Type.Optional(Id) }),
  response: Page(Organisation), statements: 4,
})

export const createOrganisation = route({
  method: 'POST', path: '/api/labs/organisations', permission: 'labs.manage_directory',
  summary: 'Create an organisation', tags: ['labs'],
  body: record({ ...partial(organisationFields).properties, name: organisationFields.name, code: Code, kind: OrganisationKind }),
  response: Organisation, status: 201, errors: ['platform.already_exists'], statements: 8,
})

export const updateOrganisation = route({
  method: 'PATCH', path: '/api/labs/organisations/:organisationId', permission: 'labs.manage_directory',
  summary: 'Change, disable or enable an organisation', tags: ['labs'],
  params: record({ organisationId: Id }),
  body: record({ version: Version, ...partial(organisationFields).properties }),
  response: Organisation, errors: ['platform.already_exists', 'platform.stale_version'], statements: 9,
})

const doctorFields = {
  name: filledLine(120),
  registrationNumber: nullable(line(60)),
  speciality: nullable(line(80)),
  phone: nullable(Phone),
  email: nullable(Email),
  organisationId: nullable(Id),
  disabled: Type.Boolean(),
}
/** A referring doctor. */
export const Doctor = record({ id: Id, version: Version, ...doctorFields, organisation: nullable(Ref) })
export type Doctor = Static<typeof Doctor>

export const listDoctors = route({
  method: 'GET', path: '/api/labs/doctors', permission: 'labs.view_directory',
  summary: 'Referring doctors by name', tags: ['labs'],
  query: record({ ...pageQuery, ...searchQuery, ...disabledQuery, organisationId: Type.Optional(Id) }),
  response: Page(Doctor), statements: 4,
})

export const createDoctor = route({
  method: 'POST', path: '/api/labs/doctors', permission: 'labs.manage_directory',
  summary: 'Create a referring doctor', tags: ['labs'],
  body: record({ ...partial(doctorFields).properties, name: doctorFields.name }),
  response: Doctor, status: 201, errors: ['platform.already_exists'], statements: 9,
})

export const updateDoctor = route({
  method: 'PATCH', path: '/api/labs/doctors/:doctorId', permission: 'labs.manage_directory',
  summary: 'Change, disable or enable a referring doctor', tags: ['labs'],
  params: record({ doctorId: Id }),
  body: record({ version: Version, ...partial(doctorFields).properties }),
  response: Doctor, errors: ['platform.already_exists', 'platform.stale_version'], statements: 10,
})

const outsourceLabFields = {
  name: filledLine(160),
  code: Code,
  ...contactFields,
  disabled: Type.Boolean(),
}
/** A reference lab that specimens are sent out to. */
export const OutsourceLab = record({ id: Id, version: Version, ...outsourceLabFields })
export type OutsourceLab = Static<typeof OutsourceLab>

export const listOutsourceLabs = route({
  method: 'GET', path: '/api/labs/outsource-labs', permission: 'labs.view_directory',
  summary: 'Outsource labs by name', tags: ['labs'],
  query: record({ ...pageQuery, ...searchQuery, ...disabledQuery }),
  response: Page(OutsourceLab), statements: 4,
})

export const createOutsourceLab = route({
  method: 'POST', path: '/api/labs/outsource-labs', permission: 'labs.manage_directory',
  summary: 'Create an outsource lab', tags: ['labs'],
  body: record({ ...partial(outsourceLabFields).properties, name: outsourceLabFields.name, code: Code }),
  response: OutsourceLab, status: 201, errors: ['platform.already_exists'], statements: 8,
})

export const updateOutsourceLab = route({
  method: 'PATCH', path: '/api/labs/outsource-labs/:outsourceLabId', permission: 'labs.manage_directory',
  summary: 'Change, disable or enable an outsource lab', tags: ['labs'],
  params: record({ outsourceLabId: Id }),
  body: record({ version: Version, ...partial(outsourceLabFields).properties }),
  response: OutsourceLab, errors: ['platform.already_exists', 'platform.stale_version'], statements: 9,
})

const insuranceGroupFields = {
  name: filledLine(160),
  code: nullable(Code),
  payerId: nullable(line(60)),
  ...contactFields,
  disabled: Type.Boolean(),
}
/** Who insures patients and is sent claims. `payerId` is how clearing houses know them. */
export const InsuranceGroup = record({ id: Id, version: Version, ...insuranceGroupFields })
export type InsuranceGroup = Static<typeof InsuranceGroup>

export const listInsuranceGroups = route({
  method: 'GET', path: '/api-v3/finance/insurance-groups', permission: 'labs.view_directory',
  summary: 'Insurance groups by name', tags: ['labs'],
  query: record({ ...pageQuery, ...searchQuery, ...disabledQuery }),
  response: Page(InsuranceGroup), statements: 4,
})

export const createInsuranceGroup = route({
  method: 'POST', path: '/api-v3/finance/insurance-groups', permission: 'labs.manage_directory',
  summary: 'Create an insurance group', tags: ['labs'],
  body: record({ ...partial(insuranceGroupFields).properties, name: insuranceGroupFields.name }),
  response: InsuranceGroup, status: 201, errors: ['platform.already_exists'], statements: 8,
})

export const updateInsuranceGroup = route({
  method: 'PATCH', path: '/api-v3/finance/insurance-groups/:insuranceGroupId', permission: 'labs.manage_directory',
  summary: 'Change, disable or enable an insurance group', tags: ['labs'],
  params: record({ insuranceGroupId: Id }),
  body: record({ version: Version, ...partial(insuranceGroupFields).properties }),
  response: InsuranceGroup, errors: ['platform.already_exists', 'platform.stale_version'], statements: 9,
})
