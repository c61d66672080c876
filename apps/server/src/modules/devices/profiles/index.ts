import type { DeviceProfile } from '@aliquot/contracts'
import { cobasC111 } from './cobas-c111.ts'
import { cobasC311 } from './cobas-c311.ts'
import { geneXpert } from './genexpert.ts'
import { genericAstm } from './generic-astm.ts'
import { genericHl7 } from './generic-hl7.ts'
import { mindrayBc } from './mindray-bc.ts'
import { sysmexXn } from './sysmex-xn.ts'
import { yumizenH500 } from './yumizen-h500.ts'

const caution = 'A starting point: the laboratory must validate every code, unit and flag before results are released by it.'
const fromCapture = `Written from a captured session. ${caution}`
const fromManuals = `Written from what is publicly known of the interface. ${caution}`

/** Profiles that a new lab begins with, to copy and to change. */
export const shippedProfiles: { name: string; note: string; definition: DeviceProfile }[] = [
  { name: 'Roche cobas c111', note: fromCapture, definition: cobasC111 },
  { name: 'Roche cobas c311', note: fromCapture, definition: cobasC311 },
  { name: 'Horiba Yumizen H500', note: fromCapture, definition: yumizenH500 },
  { name: 'Sysmex XN and XP (ASTM)', note: fromManuals, definition: sysmexXn },
  { name: 'Cepheid GeneXpert', note: fromManuals, definition: geneXpert },
  { name: 'Mindray BC series (HL7)', note: fromManuals, definition: mindrayBc },
  { name: 'Any ASTM analyser', note: fromManuals, definition: genericAstm },
  { name: 'Any HL7 analyser (ORU^R01)', note: fromManuals, definition: genericHl7 },
]
