import { Type } from 'typebox'
import type { Static } from 'typebox'
import { route } from './route.ts'
import { filledLine, line, nullable, oneOf, partial, record, setOf, text } from './schema.ts'
import { BarcodeKind, Code, Count, Currency, Email, Id, Page, Phone, SignRank, Version, disabledQuery, pageQuery, searchQuery } from './shared.ts'

/** Details of a patient that the lab may lock once a report is signed. */
export const StrictField = oneOf(['fullName', 'birthDate', 'sex', 'nationalId'])
export type StrictField = Static<typeof StrictField>

const settingFields = {
  duplicateWarning: Type.Boolean({ description: 'warn when a similar patient is already registered' }),
  strictFields: setOf(StrictField, 4),
  receiveOnCollect: Type.Boolean({ description: 'a specimen collected in the lab counts as received at once' }),
  criticalReadBack: Type.Boolean({ description: 'a critical value must be told and read back before the report can be signed' }),
  worklistDays: Type.Integer({ minimum: 1, maximum: 366, description: 'how far back the worklist looks unless dates are given' }),
  worklistOverdueWarningMinutes: Type.Integer({ minimum: 0, maximum: 10_080, description: 'warn this long before a report is due' }),
  labelBarcode: BarcodeKind,
  printPreviousValues: Type.Boolean(),
}
export const LabSettings = record(settingFields)
export type LabSettings = Static<typeof LabSettings>

const labFields = {
  name: filledLine(120),
  address: text(400),
  phone: nullable(Phone),
  email: nullable(Email),
  timezone: Type.String({ minLength: 1, maxLength: 60, pattern: '^[A-Za-z0-9_+/-]+$', description: 'IANA name' }),
  locale: Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$', maxLength: 35 }),
  currency: Currency,
  accreditation: nullable(line(200)),
  reportHeader: text(1000),
  reportFooter: text(1000),
  logoObjectId: nullable(Id),
}

export const Lab = record({
  id: Id, code: Code, zone: Type.String({ description: 'first part of every stored path' }), version: Version, ...labFields, settings: LabSettings,
})
export type Lab = Static<typeof Lab>

export const getLab = route({
  method: 'GET', path: '/api/labs/current', permission: null,
  summary: 'The lab of the session', tags: ['labs'],
  response: Lab, statements: 4,
})

export const updateLab = route({
  method: 'PATCH', path: '/api/labs/current', permission: 'labs.manage_settings',
  summary: 'Change the lab and its settings', tags: ['labs'],
  body: record({ version: Version, ...partial(labFields).properties, settings: Type.Optional(partial(settingFields)) }),
  response: Lab, errors: ['platform.stale_version'], statements: 9,
})

const departmentFields = {
  name: filledLine(80),
  code: Code,
  requiredSignRank: SignRank,
  sequence: Type.Integer({ minimum: 0, maximum: 10_000, description: 'place in lists and on merged reports' }),
  disabled: Type.Boolean(),
  radiology: Type.Boolean({ description: 'its reports become files only by those who may convert radiology reports' }),
}
export const Department = record({ id: Id, version: Version, ...departmentFields })
export type Department = Static<typeof Department>

export const listDepartments = route({
  method: 'GET', path: '/api/labs/departments', permission: 'labs.view_directory',
  summary: 'Departments in their sequence', tags: ['labs'],
  query: record({ ...pageQuery, ...disabledQuery }),
  response: Page(Department), statements: 4,
})

export const createDepartment = route({
  method: 'POST', path: '/api/labs/departments', permission: 'labs.manage_departments',
  summary: 'Create a department', tags: ['labs'],
  body: record({ ...partial(departmentFields).properties, name: departmentFields.name, code: Code }),
  response: Department, status: 201, errors: ['platform.already_exists'], statements: 8,
})

export const updateDepartment = route({
  method: 'PATCH', path: '/api/labs/departments/:departmentId', permission: 'labs.manage_departments',
  summary: 'Change, disable or enable a department', tags: ['labs'],
  params: record({ departmentId: Id }),
  body: record({ version: Version, ...partial(departmentFields).properties }),
  response: Department, errors: ['platform.already_exists', 'platform.stale_version'], statements: 9,
})

const domainFields = {
  name: filledLine(120),
  code: Code,
  parentId: nullable(Id),
  organisationIds: setOf(Id, 2000),
  disabled: Type.Boolean(),
}
/** A group of organisations or centres; one with a parent is a sub-domain. */
export const Domain = record({ id: Id, version: Version, ...domainFields, organisations: Count })
export type Domain = Static<typeof Domain>

export const listDomains = route({
  method: 'GET', path: '/api/labs/domains', permission: 'labs.view_directory',
  summary: 'Domains and sub-domains by name', tags: ['labs'],
  query: record({ ...pageQuery, ...searchQuery, ...disabledQuery, parentId: Type.Optional(Id) }),
  response: Page(Domain), statements: 5,
})

export const createDomain = route({
  method: 'POST', path: '/api/labs/domains', permission: 'labs.manage_domains',
  summary: 'Create a domain or sub-domain', tags: ['labs'],
  body: record({ ...partial(domainFields).properties, name: domainFields.name, code: Code }),
  response: Domain, status: 201, errors: ['platform.already_exists'], statements: 10,
})

export const updateDomain = route({
  method: 'PATCH', path: '/api/labs/domains/:domainId', permission: 'labs.manage_domains',
  summary: 'Change a domain; organisationIds replaces the members', tags: ['labs'],
  params: record({ domainId: Id }),
  body: record({ version: Version, ...partial(domainFields).properties }),
  response: Domain, errors: ['platform.already_exists', 'platform.stale_version', 'labs.domain_cycle'], statements: 12,
})
