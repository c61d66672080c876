import type { MessageEvent, MessageTemplate, RecipientKind } from '@aliquot/contracts'

export type DefaultTemplate = Pick<MessageTemplate, 'name' | 'channel' | 'scope' | 'texts'>

const sms = (name: string, scope: DefaultTemplate['scope'], body: string): DefaultTemplate => ({ name, channel: 'sms', scope, texts: [{ language: 'en', body }] })
const email = (name: string, scope: DefaultTemplate['scope'], subject: string, body: string): DefaultTemplate =>
  ({ name, channel: 'email', scope, texts: [{ language: 'en', subject, body: `${body}\n\n{lab.name}\n{lab.address}\n{lab.phone}` }] })

/** Approved by the provider under the same name, with as many places as there are parameters. */
const whatsapp = (name: string, scope: DefaultTemplate['scope'], body: string, template: string, parameters: string[]): DefaultTemplate =>
  ({ name, channel: 'whatsapp', scope, texts: [{ language: 'en', body, whatsapp: { name: template, language: 'en', parameters } }] })

export const defaultTemplates: readonly DefaultTemplate[] = [
  sms('Welcome (SMS)', 'patient', 'Dear {patient.name}, you are registered at {lab.name}. Your patient number is {patient.number}.'),
  sms('Specimen needed again (SMS)', 'order',
    'Dear {patient.name}, we need a new specimen for order {order.number}. Please call {lab.name}, {lab.phone}.'),
  email('Critical result (e-mail)', 'report', 'Critical result: {patient.name} ({patient.number})',
    'Dear {recipient.name},\n\n{report.tests} of {patient.name}, {patient.age}, has critical values: {report.critical}.\n'
    + 'The report is not signed yet. Please call us to confirm that you have read this.'),
  sms('Critical result (SMS)', 'report', 'CRITICAL: {patient.name} ({patient.number}), {report.critical}. Please call {lab.name}, {lab.phone}.'),
  sms('Report ready (SMS)', 'report', 'Dear {patient.name}, your report is ready: {report.link} (for {report.link_days} days). {lab.name}'),
  whatsapp('Report ready (WhatsApp)', 'report',
    'Dear {patient.name}, your report of {report.tests} is ready.\n{report.link}\nThe link works for {report.link_days} days.\n{lab.name}',
    'report_ready', ['patient.name', 'report.tests', 'report.link', 'report.link_days', 'lab.name']),
  email('Report ready (e-mail)', 'report', 'Your report of {report.tests}',
    'Dear {recipient.name},\n\nthe report of {report.tests} for {patient.name} ({patient.number}) was signed on {report.signed_at}.\n'
    + 'You can read it here for {report.link_days} days:\n\n{report.link}'),
  sms('Report amended (SMS)', 'report', 'Dear {patient.name}, your report {report.numbers} was amended. The new one: {report.link}. {lab.name}'),
  email('Report amended (e-mail)', 'report', 'Amended report of {report.tests}',
    'Dear {recipient.name},\n\nthe report of {report.tests} for {patient.name} ({patient.number}) was amended. Please use this one instead of the earlier:'
    + '\n\n{report.link}'),
  sms('Bill (SMS)', 'bill', 'Dear {patient.name}, bill {bill.number} of {bill.date}: {bill.total}, paid {bill.paid}. {lab.name}'),
  sms('Payment due (SMS)', 'bill', 'Dear {patient.name}, {bill.due} of bill {bill.number} is still due. {lab.name}, {lab.phone}'),
  email('Payment received (e-mail)', 'bill', 'Payment for bill {bill.number}',
    'Dear {recipient.name},\n\nwe received a payment for bill {bill.number} of {bill.date}. Paid: {bill.paid} of {bill.total}. Still due: {bill.due}.'),
]

export interface DefaultTrigger {
  name: string
  event: MessageEvent
  recipients: RecipientKind[]
  templates: string[]
  delayMinutes: number
  breaksQuietHours: boolean
}

/** Off until the lab turns them on. */
export const defaultTriggers: readonly DefaultTrigger[] = [
  { name: 'Welcome a new patient', event: 'patient_registered', recipients: ['patient'], templates: ['Welcome (SMS)'], delayMinutes: 0, breaksQuietHours: false },
  {
    name: 'Tell the doctor about critical values', event: 'critical_found', recipients: ['doctor'],
    templates: ['Critical result (SMS)', 'Critical result (e-mail)'], delayMinutes: 0, breaksQuietHours: true,
  },
  {
    name: 'Give the patient the report', event: 'report_signed', recipients: ['patient'],
    templates: ['Report ready (SMS)', 'Report ready (WhatsApp)', 'Report ready (e-mail)'], delayMinutes: 2, breaksQuietHours: false,
  },
  {
    name: 'Give the doctor the report', event: 'report_signed', recipients: ['doctor'], templates: ['Report ready (e-mail)'], delayMinutes: 2,
    breaksQuietHours: false,
  },
  {
    name: 'Send an amended report', event: 'report_amended', recipients: ['patient', 'doctor'],
    templates: ['Report amended (SMS)', 'Report amended (e-mail)'], delayMinutes: 0, breaksQuietHours: false,
  },
  {
    name: 'Ask for a new specimen', event: 'specimen_rejected', recipients: ['patient'], templates: ['Specimen needed again (SMS)'], delayMinutes: 0,
    breaksQuietHours: false,
  },
  { name: 'Remind of what is due', event: 'bill_due', recipients: ['patient'], templates: ['Payment due (SMS)'], delayMinutes: 4320, breaksQuietHours: false },
]
