import type { DeviceProfile } from '@aliquot/contracts'
import { mapped, unwanted, usualAstm } from './usual.ts'

/** Horiba Yumizen H500: histograms in M, alarms in C below the order, controls marked in H-12 and O-16. Its frames are long. Source: capture. */
export const yumizenH500: DeviceProfile = {
  ...usualAstm,
  sender: { at: { from: ['H-5.1'] }, matches: '^H5[05]0' },
  flags: { from: ['R-7', 'C-4.3', 'C-4.1'], match: '^(?!N$)[A-Z0-9_<>]+$' },
  wantedStatuses: ['F', 'C', 'R', 'V'],
  measuredAt: { from: ['R-13', 'R-12'] },
  qc: {
    when: [{ path: 'H-12', equals: ['Q'] }, { path: 'O-12', equals: ['Q'] }, { path: 'O-16.1', equals: ['CTRL'] }],
    control: { from: ['O-16.3', 'O-16.1'] }, level: { from: ['O-16.3'], match: '(\\w+)$' }, lot: { from: ['O-3.1'] },
  },
  tests: [
    ...mapped({
      'WBC': 'WBC', 'PLT': 'PLT', 'NEU#': 'NEUT_ABS', 'LYM#': 'LYMPH_ABS', 'MON#': 'MONO_ABS', 'EOS#': 'EOS_ABS', 'BAS#': 'BASO_ABS',
    }, '10E3/uL'),
    ...mapped({ RBC: 'RBC' }, '10E6/uL'),
    ...mapped({ HGB: 'HB', MCHC: 'MCHC' }, 'g/dL'),
    ...mapped({ 'HCT': 'HCT', 'RDW-CV': 'RDW', 'NEU%': 'NEUT', 'LYM%': 'LYMPH', 'MON%': 'MONO', 'EOS%': 'EOS', 'BAS%': 'BASO' }, '%'),
    ...mapped({ MCV: 'MCV', MPV: 'MPV' }, 'um3'),
    ...mapped({ MCH: 'MCH' }, 'pg'),
    ...unwanted('RDW-SD', 'PCT', 'PDW', 'P-LCC', 'P-LCR', 'LIC#', 'LIC%', 'ALY#', 'ALY%', 'IMG#', 'IMG%', 'IMM#', 'IMM%', 'IML#', 'IML%'),
  ],
  holdFlags: ['CONTROL_FAILED', 'A', '<', '>'],
}
