import { Type } from 'typebox'
import type { Static, TProperties } from 'typebox'
import { route } from './route.ts'
import { distinct, filledLine, filledList, line, nullable, oneOf, partial, record, setOf, text } from './schema.ts'
import { Count, DateTime, Id, Page, Ref, Version, pageQuery, searchQuery } from './shared.ts'

/** CT_MAX: detected at or below the cut-off (a cycle threshold). LOAD_MIN: detected at or above it (a load). */
export const CutOffKind = oneOf(['CT_MAX', 'LOAD_MIN'])
export type CutOffKind = Static<typeof CutOffKind>

export const sampleTypes = [
  'Blood', 'Urine', 'Stool', 'Sputum', 'Swab', 'Nasopharyngeal swab', 'Throat swab', 'Genital swab', 'Wound swab', 'Bronchoalveolar lavage',
  'Cerebrospinal fluid', 'Body fluid', 'Tissue', 'Nail', 'Isolate', 'Other',
] as const
export const SampleType = oneOf(['', ...sampleTypes])
export const gramStains = ['Gram-negative', 'Gram-positive', 'Gram-variable', 'Acid-fast', 'None'] as const
export const GramStain = oneOf(['', ...gramStains])

const number = (maximum: number) => Type.Number({ exclusiveMinimum: 0, maximum })
const cutOffFields = {
  cut_off: nullable(number(1e15)),
  cut_off_kind: CutOffKind,
  cut_off_unit: line(40),
  grey_low: nullable(number(1e15)),
  grey_high: nullable(number(1e15)),
}
const name = filledLine(150)
const describing = { description: text(2000), cpt_code: line(250) }
const geneFields = { code: line(150), gene_type: line(150), ...cutOffFields, ...describing }
const antibioticFields = {
  category: line(200), class: line(200), sort: Type.Integer({ minimum: 0, maximum: 1_000_000 }), code: line(150),
  whonet_code: line(20), method: line(150), unit: line(150), device_name: line(100), dosage: line(100), ...describing, sample_type: SampleType,
}
const organismFields = {
  category: line(200), gram: GramStain, species: line(150), code: line(150), whonet_code: line(20),
  ncbi_taxid: nullable(Type.Integer({ minimum: 1, maximum: 2_147_483_647 })), ...cutOffFields, ...describing, sample_type: SampleType,
}

/** Said of every master: whose it is, and whether the lab uses it. */
const masterFields = {
  id: Id,
  name,
  version: Version,
  lab_id: nullable(Type.Integer({ minimum: 1, description: 'null: a system default' })),
  is_default: Type.Boolean({ description: 'a system default, which the lab must validate before it relies on it' }),
  is_disabled: Type.Boolean({ description: 'for this lab' }),
  created_at: DateTime,
  updated_at: DateTime,
}
/** The other end of a mapping. */
export const Mapped = record({ id: Id, name: Type.String(), code: Type.String(), category: Type.String(), is_disabled: Type.Boolean() })
export type Mapped = Static<typeof Mapped>
/** A pair that says "fails"; `is_default`: not the lab's own word. */
export const MappedResistance = record({ ...Mapped.properties, is_default: Type.Boolean() })
export type MappedResistance = Static<typeof MappedResistance>
/** A column of the molecular resistance table. */
export const MolecularMapping = record({
  id: Id, antibiotic_id: Id, antibiotic: Mapped, sequence: Type.Integer({ minimum: 1 }), is_active: Type.Boolean(), created_by: nullable(Id),
  updated_by: nullable(Id), created_at: Type.Integer({ description: 'Unix time, seconds' }), updated_at: Type.Integer({ description: 'Unix time, seconds' }),
})
export type MolecularMapping = Static<typeof MolecularMapping>

export const Gene = record({
  ...masterFields, ...geneFields,
  antibiotics: Type.Array(MappedResistance),
  organisms: Type.Array(Ref, { description: 'whose resistance table has one of these antibiotics' }),
  used_by: record({ instruments: Count }),
})
export type Gene = Static<typeof Gene>
export const Antibiotic = record({
  ...masterFields, ...antibioticFields,
  organisms: Type.Array(Mapped, { description: 'whose standard antibiogram has it' }),
  genes: Type.Array(MappedResistance, { description: 'that make it fail' }),
  used_by: record({ genes: Count, organisms: Count, molecular_organisms: Count }),
})
export type Antibiotic = Static<typeof Antibiotic>
export const Organism = record({
  ...masterFields, ...organismFields,
  antibiotics: Type.Array(Mapped, { description: 'the standard antibiogram' }),
  molecular_antibiotics: Type.Array(MolecularMapping, { description: 'columns of the molecular resistance table that are in use, in order' }),
  intrinsic_antibiotics: Type.Array(MappedResistance, { description: 'which never work on it' }),
  genes: Type.Array(Ref, { description: 'that make one of the molecular antibiotics fail' }),
  used_by: record({ instruments: Count }),
})
export type Organism = Static<typeof Organism>

const mappedIds = setOf(Id, 1000)
const tags = ['molecular'] as const
const listQuery = record({
  ...searchQuery,
  cursor: pageQuery.cursor,
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 5000, default: 1000 })),
  is_disabled: Type.Optional(Type.Integer({ minimum: 0, maximum: 1, description: '0 (as without it): what is in use; 1: what is disabled' })),
})
const bodyOf = <F extends TProperties>(fields: F) => ({
  create: record({ name, ...partial(fields).properties }),
  update: record({ version: Type.Optional(Version), name: Type.Optional(name), ...partial(fields).properties }),
})
const writeErrors = ['platform.already_exists', 'platform.stale_version', 'molecular.system_default'] as const

const geneBody = bodyOf({ ...geneFields, antibiotics: mappedIds })
const geneParams = record({ geneId: Id })
export const listGenes = route({
  method: 'GET', path: '/reporting/genes/', permission: 'molecular.view', tags,
  summary: 'Genes: the lab\'s own and the system defaults', query: listQuery, response: Page(Gene), statements: 8,
})
export const getGene = route({
  method: 'GET', path: '/reporting/genes/:geneId', permission: 'molecular.view', tags,
  summary: 'One gene with the antibiotics that it makes fail', params: geneParams, response: Gene, statements: 8,
})
export const createGene = route({
  method: 'POST', path: '/reporting/genes/new/', permission: 'molecular.manage', tags,
  summary: 'Add a gene; one of a default\'s name stands for that default', body: geneBody.create, response: Gene, status: 201,
  errors: ['platform.already_exists'], statements: 16,
})
export const updateGene = route({
  method: 'POST', path: '/reporting/genes/:geneId/update/', permission: 'molecular.manage', tags,
  summary: 'Change a gene; of a system default, the mapping only', params: geneParams, body: geneBody.update, response: Gene,
  errors: writeErrors, statements: 16,
})
export const disableGene = route({
  method: 'POST', path: '/reporting/genes/:geneId/disable/', permission: 'molecular.manage', tags,
  summary: 'Offer a gene no longer; its mapping stays', params: geneParams, response: Gene, statements: 16,
})
export const enableGene = route({
  method: 'POST', path: '/reporting/genes/:geneId/enable/', permission: 'molecular.manage', tags,
  summary: 'Offer a gene again', params: geneParams, response: Gene, errors: ['platform.already_exists'], statements: 16,
})
export const copyGene = route({
  method: 'POST', path: '/reporting/genes/:geneId/copy/', permission: 'molecular.manage', tags,
  summary: 'Make a system default the lab\'s own, with its mappings; the default is disabled for the lab', params: geneParams, response: Gene, status: 201,
  errors: ['platform.already_exists', 'molecular.own_already'], statements: 20,
})

const antibioticBody = bodyOf({ ...antibioticFields, organisms: mappedIds, genes: mappedIds })
const antibioticParams = record({ antibioticId: Id })
export const listAntibiotics = route({
  method: 'GET', path: '/reporting/antibiotics/', permission: 'molecular.view', tags,
  summary: 'Antibiotics: the lab\'s own and the system defaults', query: listQuery, response: Page(Antibiotic), statements: 8,
})
export const getAntibiotic = route({
  method: 'GET', path: '/reporting/antibiotics/:antibioticId', permission: 'molecular.view', tags,
  summary: 'One antibiotic with organisms and genes', params: antibioticParams, response: Antibiotic, statements: 8,
})
export const createAntibiotic = route({
  method: 'POST', path: '/reporting/antibiotics/new/', permission: 'molecular.manage', tags,
  summary: 'Add an antibiotic; one of a default\'s name stands for that default', body: antibioticBody.create, response: Antibiotic, status: 201,
  errors: ['platform.already_exists'], statements: 16,
})
export const updateAntibiotic = route({
  method: 'POST', path: '/reporting/antibiotics/:antibioticId/update/', permission: 'molecular.manage', tags,
  summary: 'Change an antibiotic; of a system default, the mappings only', params: antibioticParams, body: antibioticBody.update, response: Antibiotic,
  errors: writeErrors, statements: 16,
})
export const disableAntibiotic = route({
  method: 'POST', path: '/reporting/antibiotics/:antibioticId/disable/', permission: 'molecular.manage', tags,
  summary: 'Offer an antibiotic no longer; it leaves the standard antibiograms', params: antibioticParams, response: Antibiotic, statements: 16,
})
export const enableAntibiotic = route({
  method: 'POST', path: '/reporting/antibiotics/:antibioticId/enable/', permission: 'molecular.manage', tags,
  summary: 'Offer an antibiotic again; its mappings stay cleared', params: antibioticParams, response: Antibiotic,
  errors: ['platform.already_exists'], statements: 16,
})
export const copyAntibiotic = route({
  method: 'POST', path: '/reporting/antibiotics/:antibioticId/copy/', permission: 'molecular.manage', tags,
  summary: 'Make a system default the lab\'s own, with its mappings; the default is disabled for the lab', params: antibioticParams, response: Antibiotic,
  status: 201, errors: ['platform.already_exists', 'molecular.own_already'], statements: 20,
})
export const restoreAntibioticMappings = route({
  method: 'POST', path: '/reporting/antibiotics/:antibioticId/restore/', permission: 'molecular.manage', tags,
  summary: 'Put back the standard mappings that disabling took away', params: antibioticParams, response: Antibiotic,
  errors: ['molecular.disabled'], statements: 16,
})
export const listOrganismsOfAntibiotic = route({
  method: 'GET', path: '/reporting/antibiotics/:antibioticId/organisms/', permission: 'molecular.view', tags,
  summary: 'Organisms whose standard antibiogram has this antibiotic', params: antibioticParams, response: record({ organisms: Type.Array(Mapped) }),
  statements: 8,
})

const organismBody = bodyOf({
  ...organismFields, antibiotics: mappedIds, molecular_antibiotics: mappedIds, intrinsic_antibiotics: mappedIds,
})
const organismParams = record({ organismId: Id })
export const listOrganisms = route({
  method: 'GET', path: '/reporting/organisms/', permission: 'molecular.view', tags,
  summary: 'Organisms: the lab\'s own and the system defaults', query: listQuery, response: Page(Organism), statements: 8,
})
export const getOrganism = route({
  method: 'GET', path: '/reporting/organisms/:organismId', permission: 'molecular.view', tags,
  summary: 'One organism with its antibiograms', params: organismParams, response: Organism, statements: 8,
})
export const createOrganism = route({
  method: 'POST', path: '/reporting/organisms/new/', permission: 'molecular.manage', tags,
  summary: 'Add an organism; one of a default\'s name stands for that default', body: organismBody.create, response: Organism, status: 201,
  errors: ['platform.already_exists'], statements: 18,
})
export const updateOrganism = route({
  method: 'POST', path: '/reporting/organisms/:organismId/update/', permission: 'molecular.manage', tags,
  summary: 'Change an organism; of a system default, the mappings only. The order of molecular_antibiotics is their sequence',
  params: organismParams, body: organismBody.update, response: Organism, errors: writeErrors, statements: 18,
})
export const disableOrganism = route({
  method: 'POST', path: '/reporting/organisms/:organismId/disable/', permission: 'molecular.manage', tags,
  summary: 'Offer an organism no longer; its antibiograms are cleared', params: organismParams, response: Organism, statements: 16,
})
export const enableOrganism = route({
  method: 'POST', path: '/reporting/organisms/:organismId/enable/', permission: 'molecular.manage', tags,
  summary: 'Offer an organism again; its antibiograms stay cleared', params: organismParams, response: Organism,
  errors: ['platform.already_exists'], statements: 16,
})
export const copyOrganism = route({
  method: 'POST', path: '/reporting/organisms/:organismId/copy/', permission: 'molecular.manage', tags,
  summary: 'Make a system default the lab\'s own, with its mappings; the default is disabled for the lab', params: organismParams, response: Organism,
  status: 201, errors: ['platform.already_exists', 'molecular.own_already'], statements: 20,
})
export const restoreOrganismMappings = route({
  method: 'POST', path: '/reporting/organisms/:organismId/restore/', permission: 'molecular.manage', tags,
  summary: 'Put back the mappings that disabling took away', params: organismParams, response: Organism,
  errors: ['molecular.disabled'], statements: 16,
})
export const listAntibioticsOfOrganism = route({
  method: 'GET', path: '/reporting/organisms/:organismId/antibiotics/', permission: 'molecular.view', tags,
  summary: 'The antibiograms of an organism', params: organismParams,
  response: record({ antibiotics: Type.Array(Mapped), molecular_antibiotics: Type.Array(MolecularMapping) }), statements: 8,
})

export const DeviceGene = record({ id: Id, code: Type.String(), gene_id: Id, gene: Mapped, created_at: DateTime })
export type DeviceGene = Static<typeof DeviceGene>
export const DeviceOrganism = record({ id: Id, code: Type.String(), organism_id: Id, organism: Mapped, created_at: DateTime })
export type DeviceOrganism = Static<typeof DeviceOrganism>
const deviceParams = record({ deviceId: Id })
const targetCode = filledLine(100)
const removedQuery = record({ id: distinct(Id, 500) })

export const listDeviceGenes = route({
  method: 'GET', path: '/reporting/devices/:deviceId/genes/', permission: 'molecular.view', tags,
  summary: 'What an instrument calls which gene', params: deviceParams, response: record({ mappings: Type.Array(DeviceGene) }), statements: 4,
})
export const mapDeviceGenes = route({
  method: 'POST', path: '/reporting/devices/:deviceId/genes/', permission: 'molecular.manage', tags,
  summary: 'Say which gene a code of the instrument means; a known code gets its new meaning', params: deviceParams,
  body: record({ mappings: filledList(record({ code: targetCode, gene_id: Id }), 500) }),
  response: record({ mappings: Type.Array(DeviceGene) }), errors: ['molecular.code_taken'], statements: 12,
})
export const unmapDeviceGenes = route({
  method: 'DELETE', path: '/reporting/devices/:deviceId/genes/', permission: 'molecular.manage', tags,
  summary: 'Forget mappings of the instrument, by their ids', params: deviceParams, query: removedQuery,
  response: record({ mappings: Type.Array(DeviceGene) }), statements: 10,
})
export const listDeviceOrganisms = route({
  method: 'GET', path: '/reporting/devices/:deviceId/organisms/', permission: 'molecular.view', tags,
  summary: 'What an instrument calls which organism', params: deviceParams, response: record({ mappings: Type.Array(DeviceOrganism) }), statements: 4,
})
export const mapDeviceOrganisms = route({
  method: 'POST', path: '/reporting/devices/:deviceId/organisms/', permission: 'molecular.manage', tags,
  summary: 'Say which organism a code of the instrument means; a known code gets its new meaning', params: deviceParams,
  body: record({ mappings: filledList(record({ code: targetCode, organism_id: Id }), 500) }),
  response: record({ mappings: Type.Array(DeviceOrganism) }), errors: ['molecular.code_taken'], statements: 12,
})
export const unmapDeviceOrganisms = route({
  method: 'DELETE', path: '/reporting/devices/:deviceId/organisms/', permission: 'molecular.manage', tags,
  summary: 'Forget mappings of the instrument, by their ids', params: deviceParams, query: removedQuery,
  response: record({ mappings: Type.Array(DeviceOrganism) }), statements: 10,
})
