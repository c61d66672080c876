import { filterSet, id, oneOf, text } from '../../platform/url-state.ts'

/** Named as the list's query names them. */
export const patientFilters = filterSet({ q: text, organisationId: id, doctorId: id })

/** What a search that found nobody hands over to the registration, and what follows it. */
export const registrationSearch = filterSet({ fullName: text, phone: text, next: oneOf(['bill']) })

/** The other record of the same person. */
export const mergeSearch = filterSet({ with: id })

export const patientTabs = ['timeline', 'reports', 'bills', 'images', 'files', 'tests'] as const
export type PatientTab = (typeof patientTabs)[number]
export const patientSearch = filterSet({ tab: oneOf(patientTabs) })
