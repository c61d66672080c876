import type { Section } from '@aliquot/contracts'
import type { Letterhead } from '#platform/typeset'

// What the printed matter of this module is made of: plain values, chosen and put in order by the caller. Every text is printed as given.

/** One PDF: the reports of one or several orders, of one or several patients. */
export interface ReportDocument {
  lab: Letterhead
  paper?: 'a4' | 'letter'
  /** BCP 47; 'en-IN' when missing */
  locale?: string
  /** IANA name of the lab's zone; all times are printed in it */
  timeZone: string
  /** printed, and written into the file as its date of creation: the same input gives the same bytes */
  printedAt: Date
  /** the lab's own words at the end of every page */
  footer?: string
  /** which of several documents bound into one, each of which counts its own pages */
  part?: { number: number; of: number }
  orders: PrintedOrder[]
}

/** All that is printed under one accession number. Orders of one patient are brought together, their pages counted as one. */
export interface PrintedOrder {
  accessionNumber: string
  patient: PrintedPatient
  referredBy?: string
  organisation?: string
  orderedAt: Date
  specimens: PrintedSpecimen[]
  reports: PrintedReport[]
  /** for all reports of the order; printed at its head */
  verification?: Verification
  /** Its one report is a file: so many pages follow the order's own and are counted with them. */
  file?: { report: string; pages: number }
}

/** The page that proves a print genuine, and the code to type there. */
export interface Verification {
  url: string
  code: string
}

export interface PrintedPatient {
  /** identifies the patient in this document */
  number: string
  name: string
  /** as judged when the specimen was collected, with its unit: '34 years', '5 hours' */
  age: string
  sex: string
  birthDate?: string
}

interface PrintedSpecimen {
  number: string
  type: string
  collectedAt: Date | null
  receivedAt: Date | null
}

export interface PrintedReport {
  department: string
  name: string
  method?: string
  /** numbers of the order's specimens that it was made from */
  specimens?: string[]
  status: 'preliminary' | 'partially signed' | 'final'
  reportedAt: Date | null
  amendments: Amendment[]
  body: ReportBody
  interpretation?: string
  comments?: string[]
  signatures: Signature[]
  /** for this report alone; printed beside its signatures */
  verification?: Verification
  /** opens a new page */
  ownPage?: boolean
}

export type ReportBody = ResultTable | Narrative | Culture | Sections

export interface ResultTable {
  kind: 'table'
  groups: { heading?: string; results: PrintedResult[] }[]
}

/** Beyond the reference range, beyond the critical limits, or not normal. */
export type ResultFlag = 'L' | 'H' | 'LL' | 'HH' | 'A' | 'AA'

export interface PrintedResult {
  name: string
  method?: string
  /** as sent, with comparator: '12.4', '<0.01', 'Positive', several lines of text. null: not yet there */
  value: string | null
  flag?: ResultFlag
  unit?: string
  range?: string
  previous?: { value: string; at: Date; flag?: ResultFlag }
  notes?: string[]
  /** who was told of a critical value */
  told?: { name: string; at: Date; by?: string; readBack?: boolean }
  /** changed by an amendment */
  amended?: boolean
}

/** Report format type 2: prose under headings. Paragraphs end with a line break; '- ' begins an item of a list. */
interface Narrative {
  kind: 'narrative'
  parts: { heading?: string; text: string }[]
}

/** What another module filled in, printed in its order. */
export interface Sections {
  kind: 'sections'
  sections: Section[]
}

export interface Culture {
  kind: 'culture'
  /** microscopy, incubation, growth: in the order of the bench */
  findings: { name: string; text: string }[]
  isolates: Isolate[]
  /** e.g. 'Breakpoints: CLSI M100, 36th edition, 2026' */
  guideline?: string
}

export interface Isolate {
  organism: string
  quantity?: string
  notes?: string[]
  susceptibilities: Susceptibility[]
}

interface Susceptibility {
  antibiotic: string
  drugClass?: string
  /** MIC in mg/L or zone in mm, as sent, with its unit */
  measured?: string
  interpretation: string
}

export interface Amendment {
  number: number
  at: Date
  by: string
  reason: string
  changes: { name: string; previous: string; current: string }[]
  /** another file took the place of the one that was issued */
  fileReplaced?: boolean
}

export interface Signature {
  name: string
  qualification?: string
  registrationNumber?: string
  /** e.g. 'Consultant pathologist' */
  role?: string
  signedAt: Date
  /** PNG or JPEG */
  image?: Uint8Array
  /** one of several that the report needs */
  partial?: boolean
}

/** What is printed for one specimen container. */
export interface SpecimenLabel {
  specimenNumber: string
  patientName: string
  patientNumber: string
  /** short: '34 y', '5 h' */
  age: string
  /** short: 'F' */
  sex: string
  specimenType: string
  container?: string
  /** short names of the tests */
  tests: string[]
  collectedAt: Date | null
  stat?: boolean
}

export interface LabelFormat {
  /** 50 when missing */
  widthMm?: number
  /** 25 when missing */
  heightMm?: number
  symbology?: 'code128' | 'qr'
  /** of the label printer: bars are a whole number of its dots wide. 203 when missing */
  dpi?: 203 | 300
  /** BCP 47; 'en-IN' when missing */
  locale?: string
  timeZone: string
}
