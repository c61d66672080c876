import type { DeviceProfile, TestMapping } from '@aliquot/contracts'

/** What the standards recommend, where a model does not differ. */
export const usualAstm: DeviceProfile = {
  protocol: 'astm',
  charset: null,
  sender: null,
  link: { frameText: 64_000, maxMessage: 8_000_000, tolerateChecksum: false, tolerateFrameNumber: false },
  sample: { from: ['O-3.1'] },
  testCode: { from: ['R-3.4'] },
  value: { from: ['R-4'] },
  unit: { from: ['R-5'] },
  flags: { from: ['R-7'], match: '^(?!N$).+' },
  status: { from: ['R-9'] },
  wantedStatuses: [],
  measuredAt: { from: ['R-13', 'R-12', 'O-23'] },
  skip: [],
  qc: {
    when: [{ path: 'H-12', equals: ['Q'] }, { path: 'O-12', equals: ['Q'] }, { path: 'O-4.1', equals: ['QC'] }, { path: 'O-16.1', equals: ['CTRL'] }],
    control: { from: ['O-3.1'] }, level: null, lot: null,
  },
  tests: [],
  words: [],
  holdFlags: [],
  query: { dialect: 'astm', sample: { from: ['Q-3.2', 'Q-3.1'] }, testCode: '^^^{code}', noOrder: 'terminator', actionCode: 'A' },
}

export const usualHl7: DeviceProfile = {
  protocol: 'hl7',
  charset: null,
  sender: null,
  link: { frameText: 64_000, maxMessage: 16_000_000, tolerateChecksum: false, tolerateFrameNumber: false },
  sample: { from: ['SPM-2.1', 'SAC-3.1', 'OBR-3.1', 'OBR-2.1'] },
  testCode: { from: ['OBX-3.1'] },
  value: { from: ['OBX-5'] },
  unit: { from: ['OBX-6.1'] },
  flags: { from: ['OBX-8'], match: '^(?!N$).+' },
  status: { from: ['OBX-11'] },
  wantedStatuses: [],
  measuredAt: { from: ['OBX-19', 'OBX-14', 'OBR-7'] },
  skip: [],
  qc: {
    when: [{ path: 'MSH-11.1', equals: ['Q'] }, { path: 'OBR-4.1', equals: ['LQC'] }, { path: 'SPM-11.1', equals: ['Q'] }],
    control: { from: ['OBR-3.1', 'OBR-2.1', 'SPM-2.1'] }, level: null, lot: null,
  },
  tests: [],
  words: [],
  holdFlags: [],
  query: null,
}

/** Codes of tests that the default catalogue has, in units that need no conversion. */
export const mapped = (codes: Readonly<Record<string, string>>, unit?: string): TestMapping[] =>
  Object.entries(codes).map(([code, parameter]) => ({ code, parameter, ...(unit === undefined ? {} : { unit }) }))

/** In another unit: the value times the factor is that of the catalogue. */
export const converted = (unit: string, factor: number, codes: Readonly<Record<string, string>>): TestMapping[] =>
  Object.entries(codes).map(([code, parameter]) => ({ code, parameter, unit, factor }))

/** Codes of what no report wants. */
export const unwanted = (...codes: readonly string[]): TestMapping[] => codes.map((code) => ({ code, parameter: null }))
