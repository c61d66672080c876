import type { DeviceProfile } from '@aliquot/contracts'

/** A plain profile of the protocol. */
export function aProfile(more: Partial<DeviceProfile> = {}): DeviceProfile {
  const hl7 = more.protocol === 'hl7'
  return {
    protocol: 'astm', charset: null, sender: null,
    link: { frameText: 64_000, maxMessage: 8_000_000, tolerateChecksum: false, tolerateFrameNumber: false },
    sample: { from: [hl7 ? 'OBR-3.1' : 'O-3.1'] }, testCode: { from: [hl7 ? 'OBX-3.1' : 'R-3.4'] }, value: { from: [hl7 ? 'OBX-5' : 'R-4'] },
    unit: null, flags: null, status: null, wantedStatuses: [], measuredAt: null, skip: [],
    qc: { when: [], control: null, level: null, lot: null }, tests: [], words: [], holdFlags: [], query: null,
    ...more,
  }
}
