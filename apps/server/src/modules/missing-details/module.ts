import { theConfig } from '#platform/config'
import type { Module } from '#platform/module'
import './errors.ts'
import { patientMerge } from './merge-patient.ts'
import { requestEntity } from './request-entity.ts'
import { routes } from './routes.ts'

export const missingDetails: Module = {
  name: 'missing_details',
  routes,
  actions: {
    'missing_details.opened': { category: 1800, subject: 'missing_detail', says: 'Left {fields} of {fullName} ({number}) to be completed' },
    'missing_details.edited': { category: 1801, subject: 'missing_detail', says: 'Completed {fields} of {fullName} ({number})' },
    'missing_details.confirmed': { category: 1802, subject: 'missing_detail', says: 'Confirmed {label} of {fullName} ({number}) as it is' },
    'missing_details.reopened': { category: 1803, subject: 'missing_detail', says: 'Opened {label} of {fullName} ({number}) again' },
    'missing_details.field_configured': { category: 1810, subject: 'missing_field', says: 'Watches {label} with the placeholder “{value}”' },
    'missing_details.field_disabled': { category: 1811, subject: 'missing_field', says: 'Stopped watching {label}' },
    'missing_details.entity_queued': { category: 1820, subject: 'missing_field', says: 'Asks another system for the {entity} “{name}”' },
    'missing_details.entity_created': { category: 1821, subject: 'missing_field', says: 'Made the {entity} “{name}” for a placeholder' },
    'missing_details.entity_delayed': { category: 1822, subject: 'missing_field', says: 'Could not make the {entity} “{name}” yet: {trouble}' },
    'missing_details.entity_failed': { category: 1823, subject: 'missing_field', says: 'Could not make the {entity} “{name}”: {trouble}' },
    'missing_details.target_saved': { category: 1824, subject: 'missing_field', says: 'Entries of the kind {entity} are asked for at {url}' },
  },
  merges: { patient: patientMerge },
  jobs: {
    'missing_details.create_entity': ({ creationId }, { actor, lastAttempt }) =>
      requestEntity(actor, { creationId: Number(creationId), lastAttempt, allowedHosts: theConfig().outboundHosts }),
  },
}
