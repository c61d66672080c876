import type { ActionSpec, Module } from '#platform/module'
import './errors.ts'
import { expandEvent } from './expand-event.ts'
import { patientMerge } from './merge-patient.ts'
import { routes } from './routes.ts'
import { sendDelivery } from './send-delivery.ts'

const onDelivery = (category: number, says: string): ActionSpec => ({ category, subject: 'delivery', says })

export const communications: Module = {
  name: 'communications',
  routes,
  actions: {
    'communications.queued': onDelivery(1900, 'Queued {channel} to {recipient} ({event})'),
    'communications.joined': onDelivery(1901, 'Added to a message to {recipient} that waits: {reports} reports'),
    'communications.postponed': onDelivery(1902, 'Put off a message to {recipient} until {until}: {reason}'),
    'communications.skipped': onDelivery(1903, 'Did not send a message to {recipient}: {reason}'),
    'communications.sending': onDelivery(1904, 'Handed a message to {recipient} over ({driver})'),
    'communications.sent': onDelivery(1905, 'Sent a message to {recipient}'),
    'communications.attempt_failed': onDelivery(1906, 'A try to send a message to {recipient} failed: {answer}'),
    'communications.given_up': onDelivery(1907, 'A message to {recipient} could not be delivered: {answer}'),
    'communications.delivered': onDelivery(1908, 'A message to {recipient} was delivered'),
    'communications.sent_again': onDelivery(1909, 'Asked to send a message to {recipient} again'),
    'communications.delivery_viewed': onDelivery(1910, 'Read a message to {recipient}'),
    'communications.report_viewed': { category: 1911, subject: 'report', says: 'Report {number} was opened by a link in a message' },
    'communications.link_refused': onDelivery(1912, 'A link to a report was tried with a wrong birth date'),
    'communications.consent_set': { category: 1913, subject: 'patient', says: 'Recorded how {fullName} ({number}) may be reached: {answers}' },
    'communications.template_created': { category: 1920, subject: 'template', says: 'Added the message template {name}' },
    'communications.template_changed': { category: 1921, subject: 'template', says: 'Changed the message template {name} ({fields})' },
    'communications.trigger_created': { category: 1922, subject: 'trigger', says: 'Added the message trigger {name}' },
    'communications.trigger_changed': { category: 1923, subject: 'trigger', says: 'Changed the message trigger {name} ({fields})' },
    'communications.provider_created': { category: 1924, subject: 'provider', says: 'Added the message provider {name} ({driver})' },
    'communications.provider_changed': { category: 1925, subject: 'provider', says: 'Changed the message provider {name} ({fields})' },
    'communications.provider_tested': { category: 1926, subject: 'provider', says: 'Tested the message provider {name}: {outcome}' },
    'communications.settings_changed': { category: 1927, subject: 'lab', says: 'Changed the rules of messages ({fields})' },
  },
  jobs: {
    'communications.expand_event': expandEvent,
    'communications.send_sms': sendDelivery,
    'communications.send_whatsapp': sendDelivery,
    'communications.send_email': sendDelivery,
  },
  merges: { patient: patientMerge },
  constraints: {
    template_name: { code: 'platform.already_exists', path: '/name' },
    trigger_name: { code: 'platform.already_exists', path: '/name' },
    provider_name: { code: 'platform.already_exists', path: '/name' },
  },
}
