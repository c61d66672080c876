import type { Module } from '#platform/module'
import './errors.ts'
import { retrySpecimen } from './match-results.ts'
import { patientMerge } from './merge-patient.ts'
import { processMessages } from './process-messages.ts'
import { routes } from './routes.ts'

export const devices: Module = {
  name: 'devices',
  routes,
  actions: {
    'devices.received': { category: 1600, subject: 'message', says: 'Received {count} messages of instruments' },
    'devices.processed': { category: 1601, subject: 'message', says: 'Read a message of {from}: {results} results, {held} of them held' },
    'devices.released': { category: 1602, subject: 'message', says: 'Released {count} results of {from} into a report' },
    'devices.release_refused': { category: 1603, subject: 'message', says: 'Results could not be released: {because}' },
    'devices.results_matched': { category: 1604, subject: 'message', says: 'Said that {count} results belong to specimen {specimenNumber}: {reason}' },
    'devices.results_dismissed': { category: 1605, subject: 'message', says: 'Dismissed {count} results: {reason}' },
    'devices.message_dismissed': { category: 1606, subject: 'message', says: 'Dismissed a message: {reason}' },
    'devices.message_viewed': { category: 1607, subject: 'message', says: 'Looked at a message of an instrument' },
    'devices.file_given': { category: 1608, subject: 'message', says: 'The file in a message {outcome}' },
    'devices.instrument_created': { category: 1610, subject: 'instrument', says: 'Added the instrument {name}' },
    'devices.instrument_changed': { category: 1611, subject: 'instrument', says: 'Changed the instrument {name}: {fields}' },
    'devices.orders_queued': { category: 1612, subject: 'instrument', says: 'Sent orders of {count} specimens to {name}' },
    'devices.orders_sent': { category: 1613, subject: 'instrument', says: 'Orders for an instrument: {outcome}' },
    'devices.profile_created': { category: 1614, subject: 'profile', says: 'Wrote the profile {name}' },
    'devices.profile_changed': { category: 1615, subject: 'profile', says: 'Changed the profile {name} to version {version}: {note}' },
    'devices.lot_created': { category: 1620, subject: 'qc', says: 'Added lot {lot} of control {control}' },
    'devices.lot_changed': { category: 1621, subject: 'qc', says: 'Changed lot {lot} of control {control}: {fields}' },
    'devices.control_out': { category: 1622, subject: 'qc', says: 'Control {control} of {parameter} is out' },
    'devices.control_commented': { category: 1623, subject: 'qc', says: 'Noted about a control result: {comment}' },
  },
  jobs: { 'devices.process': processMessages, 'devices.retry_specimen': retrySpecimen },
  subscriptions: { 'reports.specimen_received': ['devices.retry_specimen'], 'reports.specimen_collected': ['devices.retry_specimen'] },
  merges: { patient: patientMerge },
  search: { instrument: 'devices.search_instrument' },
  constraints: {
    profile_name: { code: 'platform.already_exists', path: '/name' },
    instrument_code: { code: 'platform.already_exists', path: '/code' },
  },
}
