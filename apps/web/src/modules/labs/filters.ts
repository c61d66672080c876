import { AccountKind, OrganisationKind } from '@aliquot/contracts'
import { filterSet, flag, id, oneOf, text } from '../../platform/url-state.ts'

/** Each list's filters, named as its query names them. */
export const staffFilters = filterSet({ q: text, kind: oneOf(AccountKind.enum), roleId: id, disabled: flag })
export const organisationFilters = filterSet({ q: text, kind: oneOf(OrganisationKind.enum), domainId: id, disabled: flag })
export const doctorFilters = filterSet({ q: text, organisationId: id, disabled: flag })
export const departmentFilters = filterSet({ disabled: flag })
export const outsourceLabFilters = filterSet({ q: text, disabled: flag })
export const insuranceGroupFilters = filterSet({ q: text, disabled: flag })
export const domainFilters = filterSet({ q: text, parentId: id, disabled: flag })
