import type { DeviceProfile } from '@aliquot/contracts'
import { converted, mapped, unwanted, usualHl7 } from './usual.ts'

/**
 * Mindray BC haematology (HL7 2.3.1): how a sample was measured and histograms are OBX of their own, alarms are OBX with the value T.
 * It asks by ORM^O01 with the sample in ORC-3. Source: public knowledge of Mindray's BC-series LIS protocol; SI units as delivered.
 */
export const mindrayBc: DeviceProfile = {
  ...usualHl7,
  sender: { at: { from: ['MSH-4', 'MSH-3'], join: ' ' }, matches: 'Mindray|^BC-' },
  sample: { from: ['OBR-3.1'] },
  wantedStatuses: ['F', 'C'],
  measuredAt: { from: ['OBX-14', 'OBR-7'] },
  skip: [{ path: 'OBX-3.1', matches: '^(?:0[158]\\d{3}|15\\d{3}|30525-0)$' }],
  alarms: [{ when: { path: 'OBX-5', equals: ['T'] }, flag: { from: ['OBX-3.2'] } }],
  qc: {
    when: [{ path: 'MSH-11', equals: ['Q'] }, { path: 'OBR-4.1', equals: ['00003', '00004', 'LQC'] }],
    control: { from: ['OBR-3.1', 'OBR-2.1'] }, level: { from: ['OBX-5'], where: { path: 'OBX-3.1', equals: ['05001'] } }, lot: null,
  },
  tests: [
    ...mapped({
      '6690-2': 'WBC', '777-3': 'PLT', '751-8': 'NEUT_ABS', '731-0': 'LYMPH_ABS', '742-7': 'MONO_ABS', '711-2': 'EOS_ABS', '704-7': 'BASO_ABS',
    }, '10*9/L'),
    ...mapped({ '789-8': 'RBC' }, '10*12/L'),
    ...converted('g/L', 0.1, { '718-7': 'HB', '786-4': 'MCHC' }),
    ...mapped({ '4544-3': 'HCT', '788-0': 'RDW', '770-8': 'NEUT', '736-9': 'LYMPH', '5905-5': 'MONO', '713-8': 'EOS', '706-2': 'BASO' }, '%'),
    ...mapped({ '787-2': 'MCV', '32623-1': 'MPV' }, 'fL'),
    ...mapped({ '785-6': 'MCH' }, 'pg'),
    ...unwanted('21000-5', '32207-3', '10002', '10013', '10014', '26477-0', '13046-8', '10000', '10001', '10027', '10028', '10029', '10030'),
  ],
  words: ['***', '****', '***.**', '++++', '----'].map((from) => ({ from, to: null })),
  holdFlags: [
    'A', 'WBC Abnormal scattergram', 'Left Shift?', 'WBC Left Shift?', 'Abn Lympho/blast?', 'Abn./Atypical Lym.?', 'Immature Cell?', 'Imm Gran?',
    'Atypical Lympho?', 'Blasts?', 'NRBC?', 'PLT Clump?', 'RBC Agglutination?', 'Turbidity/HGB Interf?', 'Iron Deficiency?', 'Fragments?',
  ],
  query: { dialect: 'hl7_orm', sample: { from: ['ORC-3.1', 'ORC-2.1'] }, testCode: '{code}', noOrder: 'empty', actionCode: 'AF' },
}
