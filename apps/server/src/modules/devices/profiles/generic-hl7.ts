import type { DeviceProfile } from '@aliquot/contracts'
import { usualHl7 } from './usual.ts'

/** Any analyser that sends ORU^R01 or OUL^R22, asks by QBP, and keeps to HL7 v2. Its codes are mapped as they come. Source: the standard. */
export const genericHl7: DeviceProfile = {
  ...usualHl7,
  query: { dialect: 'hl7_qbp', sample: { from: ['QPD-3.1', 'QRD-8.1'] }, testCode: '{code}', noOrder: 'empty', actionCode: '' },
}
