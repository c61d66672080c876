import type { DeviceProfile } from '@aliquot/contracts'
import { encodeText } from '@aliquot/hl7'
import { localTime } from './measured-at.ts'
import type { Words } from './template.ts'

/** What is ordered for one sample, in the instrument's codes. */
export interface HostOrder {
  sampleId: string
  codes: string[]
  patient: { number: string; fullName: string; sex: string; birthDate: string } | null
  specimenType: string
}

export type Dialect = NonNullable<DeviceProfile['query']>

/** Instruments have clocks without a zone: what is sent to them is in that of the lab. */
export interface Clock {
  readonly at: Date
  readonly timeZone: string
}

export const hostName = 'Aliquot'

const sexes: Readonly<Record<string, string>> = { male: 'M', female: 'F', other: 'O', m: 'M', f: 'F', o: 'O' }

/** The order in the words of a template, but for `code`. */
export const wordsOf = ({ sampleId, patient, specimenType }: HostOrder, clock: Clock, charset: string): Words => ({
  sample: sampleId,
  code: '',
  number: patient?.number ?? '',
  name: sayable(patient?.fullName ?? '', charset),
  sex: patient ? sexes[patient.sex.toLowerCase()] ?? 'U' : '',
  birth: patient?.birthDate.replaceAll('-', '') ?? '',
  specimen: sayable(specimenType, charset),
  time: localTime(clock),
})

/**
 * A name in a character set that may lack some of its letters: without their accents, or with `?` for each. Only for what people read on the
 * instrument; sample ids and codes are sent as they are or not at all.
 */
const sayable = (text: string, charset: string): string => {
  if (isSayable(text, charset)) return text
  return Array.from(text.normalize('NFC'), (sign) => (isSayable(sign, charset) ? sign : plainSign(sign, charset))).join('')
}

const plainSign = (sign: string, charset: string): string => {
  const plain = sign.normalize('NFD').replace(/\p{M}/gu, '')
  return plain !== '' && isSayable(plain, charset) ? plain : '?'
}

const isSayable = (text: string, charset: string): boolean => {
  try {
    encodeText(text, charset)
    return true
  } catch {
    return false
  }
}
