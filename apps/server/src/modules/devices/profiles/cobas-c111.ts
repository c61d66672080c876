import type { DeviceProfile } from '@aliquot/contracts'
import { cobasTests } from './cobas-chemistry.ts'
import { usualAstm } from './usual.ts'

/** Roche cobas c111: the sample stands in O-4, comments in C carry data alarms, raw readings in M. Source: capture. */
export const cobasC111: DeviceProfile = {
  ...usualAstm,
  sender: { at: { from: ['H-5'] }, matches: '\\bc111\\b' },
  sample: { from: ['O-3.1', 'O-4.1'] },
  flags: { from: ['R-7', 'C-4'], match: '^(?!(?:N|0)$).+' },
  wantedStatuses: ['F', 'C', 'R', 'V'],
  qc: { when: [{ path: 'H-12', equals: ['Q'] }, { path: 'O-12', equals: ['Q'] }], control: { from: ['O-3.1', 'O-4.1'] }, level: null, lot: null },
  tests: cobasTests,
  holdFlags: ['A', '<', '>'],
  query: null,
}
