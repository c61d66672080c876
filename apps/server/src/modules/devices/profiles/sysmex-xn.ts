import type { DeviceProfile } from '@aliquot/contracts'
import { mapped, unwanted, usualAstm } from './usual.ts'

/**
 * Sysmex XN and XP: rack, position, sample and how it was read stand in O-4 (results) or O-3 and Q-3 (orders); codes in; suspect messages are
 * results flagged A without a value. Source: public knowledge of Sysmex ASTM host interfaces, and devices in use.
 */
export const sysmexXn: DeviceProfile = {
  ...usualAstm,
  sender: { at: { from: ['H-5.1'] }, matches: '^X[NP]-?\\d' },
  sample: { from: ['O-4.3', 'O-3.3'] },
  testCode: { from: ['R-3.5'] },
  skip: [{ path: 'R-3.5', matches: '^(?:SCAT|DIST)_' }, { path: 'R-3.5', matches: '^(?:ACTION_MESSAGE|SERVICE)_' }],
  alarms: [{ when: { path: 'R-7', equals: ['A'], and: [{ path: 'R-4', empty: true }] }, flag: { from: ['R-3.5'] } }],
  qc: {
    when: [{ path: 'H-12', equals: ['Q'] }, { path: 'O-12', equals: ['Q'] }, { path: 'O-4.3', matches: '^QC-' }, { path: 'O-3.3', matches: '^QC-' }],
    control: { from: ['O-4.3', 'O-3.3'], match: '^(?:QC-)?(\\w+)' }, level: null, lot: { from: ['O-4.3', 'O-3.3'], match: '^QC-(\\w+)' },
  },
  tests: [
    ...mapped({
      'WBC': 'WBC', 'PLT': 'PLT', 'NEUT#': 'NEUT_ABS', 'LYMPH#': 'LYMPH_ABS', 'MONO#': 'MONO_ABS', 'EO#': 'EOS_ABS', 'BASO#': 'BASO_ABS',
    }, '10*3/uL'),
    ...mapped({ RBC: 'RBC' }, '10*6/uL'),
    ...mapped({ HGB: 'HB', MCHC: 'MCHC' }, 'g/dL'),
    ...mapped({
      'HCT': 'HCT', 'RDW-CV': 'RDW', 'NEUT%': 'NEUT', 'LYMPH%': 'LYMPH', 'MONO%': 'MONO', 'EO%': 'EOS', 'BASO%': 'BASO', 'RET%': 'RETIC',
    }, '%'),
    ...mapped({ MCV: 'MCV', MPV: 'MPV' }, 'fL'),
    ...mapped({ MCH: 'MCH' }, 'pg'),
    ...unwanted('RDW-SD', 'PDW', 'P-LCR', 'PCT', 'IG#', 'IG%', 'NRBC#', 'NRBC%', 'RET#', 'MICROR', 'MACROR', 'TNC-N', 'WBC-N',
      'W-SCR', 'W-MCR', 'W-LCR', 'W-SCC', 'W-MCC', 'W-LCC'),
  ],
  words: ['----', '---.-', '--.--', '++++', '****'].map((from) => ({ from, to: null })),
  holdFlags: [
    'A', 'W', '*', '!', 'Positive_Diff', 'Positive_Morph', 'Positive_Count', 'Blasts/Abn_Lympho?', 'Blasts?', 'Abn_Lympho?', 'Left_Shift?',
    'Atypical_Lympho?', 'NRBC?', 'RBC_Agglutination?', 'Turbidity/HGB_Interf?', 'Iron_Deficiency?', 'HGB_Defect?', 'Fragments?', 'PLT_Clumps?',
  ],
  query: {
    dialect: 'astm', sample: { from: ['Q-3.3'] }, testCode: '^^^^{code}', noOrder: 'order_y', actionCode: 'N',
    put: [{ at: 'O-3', text: '{Q-3}' }, { at: 'O-26', text: 'Q' }],
  },
}
