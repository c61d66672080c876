import type { DeviceProfile } from '@aliquot/contracts'

const link = { frameText: 240, maxMessage: 1_000_000, tolerateChecksum: false, tolerateFrameNumber: false }
const bare = { charset: null, sender: null, link, wantedStatuses: [], skip: [], qc: { when: [], control: null, level: null, lot: null }, tests: [], words: [], holdFlags: [], query: null }

/** Where the standards put things: what a new profile begins with. ASTM: LIS02-A2; HL7: chapter 7 of version 2. */
export const blankProfiles: Record<DeviceProfile['protocol'], DeviceProfile> = {
  hl7: {
    ...bare, protocol: 'hl7', sample: { from: ['OBR-3.1', 'OBR-2.1', 'SPM-2.1'] }, testCode: { from: ['OBX-3.1'] }, value: { from: ['OBX-5'] },
    unit: { from: ['OBX-6.1'] }, flags: { from: ['OBX-8'] },
    status: { from: ['OBX-11'] }, measuredAt: { from: ['OBX-14', 'OBR-7'] },
  },
  astm: {
    ...bare, protocol: 'astm', sample: { from: ['O-3.1'] }, testCode: { from: ['R-3.4'] }, value: { from: ['R-4'] }, unit: { from: ['R-5'] },
    flags: { from: ['R-7'] }, status: { from: ['R-9'] },
    measuredAt: { from: ['R-13'] },
  },
  astm_unframed: {
    ...bare, protocol: 'astm_unframed', sample: { from: ['O-3.1'] }, testCode: { from: ['R-3.4'] }, value: { from: ['R-4'] }, unit: { from: ['R-5'] },
    flags: { from: ['R-7'] }, status: { from: ['R-9'] },
    measuredAt: { from: ['R-13'] },
  },
}
