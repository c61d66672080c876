import type { TestMapping } from '@aliquot/contracts'
import { converted, mapped } from './usual.ts'

// Application codes of cobas c reagents, as method sheets print them; a laboratory may load others. Factors: molar masses in g/mol divided by 10 000
// for µmol/L, by 10 for mmol/L, to mg/dL.
const glucoseFactor = 18.016

/** Of a fasting, postprandial and random glucose the one that is ordered. */
const glucose: TestMapping[] = Object.entries({ GLUF: 'GLU_F', GLUPP: 'GLU_PP', GLUR: 'GLU_R' })
  .map(([test, parameter]) => ({ code: '717', parameter, test, unit: 'mmol/l', factor: glucoseFactor }))

/** In the units that Roche sets outside the United States. */
export const cobasTests: TestMapping[] = [
  ...mapped({ '685': 'ALT', '687': 'AST', '158': 'ALP', '480': 'GGT', '570': 'AMYL', '057': 'CK' }, 'U/l'),
  ...mapped({ '989': 'NA', '990': 'K', '991': 'CL' }, 'mmol/l'),
  ...converted('umol/l', 0.058_467, { '712': 'BIL_T', '735': 'BIL_D' }),
  ...converted('umol/l', 0.011_312, { '690': 'CREA', '452': 'CREA' }),
  ...converted('umol/l', 0.016_811, { '700': 'URIC' }),
  ...converted('mmol/l', 6.006, { '418': 'UREA' }),
  ...converted('mmol/l', 38.665, { '798': 'CHOL', '435': 'HDL' }),
  ...converted('mmol/l', 88.57, { '781': 'TG' }),
  ...converted('mmol/l', 4.008, { '698': 'CA' }),
  ...converted('mmol/l', 3.097, { '714': 'PHOS' }),
  ...converted('mmol/l', 2.431, { '701': 'MG' }),
  ...converted('umol/l', 5.585, { '661': 'FE' }),
  ...converted('g/l', 0.1, { '413': 'ALB', '678': 'TP' }),
  ...glucose,
]
