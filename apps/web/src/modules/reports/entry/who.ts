import type { Report } from '@aliquot/contracts'
import { ageAt, type Who } from '@aliquot/lab-arithmetic'

const birthOf = ({ birthDate, birthTime, birthDateEstimated: estimated }: Report['patient']) => ({ birthDate, birthTime, estimated })

/** Whom this report judges: the patient's age when the specimen was drawn, in the zone of the lab. */
export function whoOf({ patient, specimen, orderedAt }: Pick<Report, 'patient' | 'specimen' | 'orderedAt'>, timeZone: string): Who {
  return { sex: patient.sex, age: ageAt(birthOf(patient), new Date(specimen?.collectedAt ?? orderedAt), timeZone) }
}
