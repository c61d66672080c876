import type { Module } from '#platform/module'
import { deliver } from './deliver.ts'
import './errors.ts'
import { patientMerge } from './merge-patient.ts'
import { routes } from './routes.ts'
import { tellPartners } from './tell-partners.ts'

export const integrations: Module = {
  name: 'integrations',
  routes,
  actions: {
    'integrations.partner_connected': { category: 2000, subject: 'partner', says: 'Connected {name}: {actions}' },
    'integrations.partner_changed': { category: 2001, subject: 'partner', says: 'Changed the integration {name}: {fields}' },
    'integrations.secret_changed': { category: 2002, subject: 'partner', says: 'Secret of the integration {name}: {what}' },
    'integrations.tested': { category: 2003, subject: 'partner', says: 'Tried the integration {name}: {outcome}' },
    'integrations.queued': { category: 2010, subject: 'partner', says: '{name} is told: {events}' },
    'integrations.failed': { category: 2011, subject: 'partner', says: '{name} could not be told after {attempts} tries ({trouble}): {message}' },
    'integrations.waits': { category: 2012, subject: 'partner', says: 'Events for {name} wait until {until}' },
    'integrations.circuit_opened': { category: 2013, subject: 'partner', says: '{name} does not answer ({trouble}): it is given a rest' },
    'integrations.circuit_closed': { category: 2014, subject: 'partner', says: '{name} answers again' },
    'integrations.rest_ended': { category: 2015, subject: 'partner', says: 'Ended the rest of {name}' },
    'integrations.replayed': { category: 2016, subject: 'partner', says: 'Sends {count} events to {name} again' },
    'integrations.dropped': { category: 2017, subject: 'partner', says: 'Dropped {count} events for {name}' },
    'integrations.endpoint_opened': { category: 2020, subject: 'endpoint', says: 'Opened an address for {name}: {operations}' },
    'integrations.endpoint_changed': { category: 2021, subject: 'endpoint', says: 'Changed the address of {name}: {fields}' },
    'integrations.received': { category: 2022, subject: 'endpoint', says: 'Did {operation} for {name}' },
    'integrations.refused': { category: 2023, subject: 'endpoint', says: 'Refused {name}: {because}' },
    'integrations.exchange_viewed': { category: 2018, subject: 'partner_event', says: 'Looked at what a partner was told: {message}' },
  },
  jobs: { 'integrations.tell': tellPartners, 'integrations.deliver': deliver },
  merges: { patient: patientMerge },
  constraints: {
    partner_name: { code: 'platform.already_exists', path: '/name' },
    endpoint_name: { code: 'platform.already_exists', path: '/name' },
  },
}
