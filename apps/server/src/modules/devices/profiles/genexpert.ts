import type { DeviceProfile } from '@aliquot/contracts'
import { usualAstm } from './usual.ts'

/**
 * Cepheid GeneXpert Dx: its header says `H|@^\|`, with `\` as the escape. A code is made of assay, analyte and what is measured of it: `MTB-RIF/Ct`.
 * Qualitative results stand in, numbers in; errors in C. Source: public knowledge of the GeneXpert LIS interface protocol.
 */
export const geneXpert: DeviceProfile = {
  ...usualAstm,
  sender: { at: { from: ['H-5'] }, matches: 'GeneXpert' },
  testCode: { from: ['R-3.2', 'R-3.4', 'R-3.5', 'R-3.6'], join: '/' },
  value: { from: ['R-4.1', 'R-4.2'] },
  flags: { from: ['R-7', 'C-4.1'], match: '^(?!N$).+' },
  wantedStatuses: ['F', 'C', 'R', 'V'],
  measuredAt: { from: ['R-13', 'R-12'] },
  qc: { when: [{ path: 'O-12', equals: ['Q'] }, { path: 'H-12', equals: ['Q'] }], control: { from: ['O-3.1'] }, level: null, lot: null },
  words: [{ from: 'INVALID', to: null }, { from: 'ERROR', to: null }, { from: 'NO RESULT', to: null }],
  holdFlags: ['Error', 'A'],
  query: {
    dialect: 'astm', sample: { from: ['Q-3.2'] }, testCode: '^^^{code}', noOrder: 'terminator', actionCode: 'A', perTest: true, delimiters: '|@^\\',
    put: [{ at: 'O-16', text: 'ORH' }],
  },
}
