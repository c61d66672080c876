import type { DeviceProfile } from '@aliquot/contracts'
import { cobasTests } from './cobas-chemistry.ts'
import { usualAstm } from './usual.ts'

/**
 * Roche cobas c311: the sample stands padded in O-3.2, test codes end with a dilution behind a slash, C-4 numbers the data alarm, 0 for none.
 * Source: capture; query: Roche, Host Interface Manual cobas 6000, test selection inquiry (TSREQ, TSDWN).
 */
export const cobasC311: DeviceProfile = {
  ...usualAstm,
  sender: { at: { from: ['H-5.1'] }, matches: '^c ?311' },
  sample: { from: ['O-3.2', 'O-3.1'] },
  testCode: { from: ['R-3.4'], match: '^[^/]+' },
  flags: { from: ['R-7', 'C-4'], match: '^(?!(?:N|0)$).+' },
  wantedStatuses: ['F', 'C', 'R', 'V'],
  measuredAt: { from: ['R-13', 'O-23'] },
  qc: { when: [{ path: 'H-12', equals: ['Q'] }, { path: 'O-12', equals: ['Q'] }], control: { from: ['O-3.2', 'O-3.1'] }, level: null, lot: null },
  tests: cobasTests,
  holdFlags: ['A', '<', '>'],
  query: {
    dialect: 'astm', sample: { from: ['Q-3.3', 'Q-3.2'] }, testCode: '^^^{code}', noOrder: 'order_y', actionCode: 'A',
    put: [
      { at: 'H-11', text: 'TSDWN^REPLY' },
      { at: 'O-4', text: '{Q-3.4}^{Q-3.5}^{Q-3.6}^{Q-3.7}^{Q-3.8}^{Q-3.9}' },
      { at: 'O-16', text: '1' },
      { at: 'O-26', text: 'O' },
    ],
  },
}
