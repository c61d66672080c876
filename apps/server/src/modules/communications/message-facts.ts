import { ageAt, ageText } from '@aliquot/lab-arithmetic'
import { billFacts, moneyIn, type BillFacts } from '#modules/billing'
import { partyContacts, type Contact, type LabProfile } from '#modules/labs'
import { patientOf, type PatientRow } from '#modules/patients'
import { reportFacts, type ReportFacts } from '#modules/reports'
import { now, type Reader } from '#platform/unit-of-work'
import type { Values } from './fill-template.ts'
import { due } from './events.ts'

export type About = { patientId: number } | { reportIds: readonly number[] } | { specimenId: number } | { billId: number }

/** Everything that a message can say, and who may be told. */
export interface MessageFacts {
  patient: PatientRow
  reports: ReportFacts[]
  bill: BillFacts | null
  doctor: Contact | null
  organisation: Contact | null
}

/** The facts of a record; null where it is gone. Four statements at most. */
export async function messageFacts(db: Reader, about: About): Promise<MessageFacts | null> {
  const bill = 'billId' in about ? await billFacts(db, about.billId) : null
  const reports = 'reportIds' in about || 'specimenId' in about ? await reportFacts(db, about) : []
  const party = bill ?? reports[0] ?? null
  const patientId = 'patientId' in about ? about.patientId : party?.patientId
  if (patientId === undefined) return null
  const patient = await patientOf(db, patientId)
  const contacts = await partyContacts(db, party ?? { doctorId: patient.doctor?.id ?? null, organisationId: patient.organisation?.id ?? null })
  return { patient, reports, bill, ...contacts }
}

/** Stands in stored texts where the link will be. */
export const linkPlace = '{report.link}'

export interface Told {
  recipient: string
  linkDays: number
  /** Why a specimen is needed again, and the like. */
  reason?: string | undefined
}

/** The values of all placeholders that these facts have. */
export function valuesOf(lab: LabProfile, { patient, reports, bill }: MessageFacts, { recipient, linkDays, reason }: Told): Values {
  const day = new Intl.DateTimeFormat(lab.locale, { timeZone: lab.timezone, dateStyle: 'medium' })
  const time = new Intl.DateTimeFormat(lab.locale, { timeZone: lab.timezone, dateStyle: 'medium', timeStyle: 'short' })
  const shown = (format: Intl.DateTimeFormat, times: (Date | null)[]) => {
    const known = times.flatMap((each) => (each ? [new Date(each).getTime()] : []))
    return known.length > 0 ? format.format(Math.max(...known)) : ''
  }
  const age = ageAt(patient, now(), lab.timezone)
  const tests = listOf(reports.map(({ test }) => test))
  const money = bill && moneyIn(lab.locale, bill.currency)
  return {
    'lab.name': lab.name, 'lab.phone': lab.phone ?? '', 'lab.address': lab.address.split('\n').join(', '),
    'recipient.name': recipient, 'patient.name': [patient.title, patient.fullName].filter(Boolean).join(' '), 'patient.number': patient.number,
    'patient.age': age ? ageText(age) : '',
    'order.number': reports[0]?.accessionNumber ?? '', 'order.tests': tests, 'order.reason': reason ?? '',
    'order.collected_at': shown(time, reports.map(({ collectedAt }) => collectedAt)),
    'report.tests': tests, 'report.numbers': reports.map(({ number }) => number).join(', '),
    'report.signed_at': shown(time, reports.map(({ signedAt }) => signedAt)),
    'report.critical': reports.flatMap(({ critical }) => critical).map(({ code, value, unit }) => `${code} ${value} ${unit}`.trim()).join(', '),
    'report.link': linkPlace, 'report.link_days': String(linkDays),
    ...(bill && money ? {
      'bill.number': bill.number, 'bill.total': money.full(bill.total), 'bill.paid': money.full(bill.paid), 'bill.due': money.full(Math.max(0, due(bill))),
      'bill.date': shown(day, [bill.orderedAt]),
    } : {}),
  }
}

const listOf = (words: string[]): string => {
  const once = [...new Set(words)]
  return once.length > 1 ? `${once.slice(0, -1).join(', ')} and ${once.at(-1)}` : once.join('')
}
