import { buildMessage as buildAstm } from '@aliquot/astm'
import { buildMessage as buildHl7, timestamp } from '@aliquot/hl7'

/** What a made-up analyser measures: in both protocols the same. */
const analytes = [
  { code: 'HGB', unit: 'g/dL', low: 9, high: 17 }, { code: 'WBC', unit: '10*3/uL', low: 3, high: 12 }, { code: 'PLT', unit: '10*3/uL', low: 120, high: 420 },
  { code: 'RBC', unit: '10*6/uL', low: 3.2, high: 5.8 }, { code: 'HCT', unit: '%', low: 28, high: 50 },
]
const valueOf = ({ low, high }: { low: number; high: number }): string => (low + Math.random() * (high - low)).toFixed(1)

const asBytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Results of one sample as an ORU^R01. */
export const hl7Results = (sampleId: string, controlId: string, at: Date): Uint8Array => asBytes(buildHl7([
  ['MSH', 'SIMULATOR', 'LAB', 'LIS', 'LAB', timestamp(at), '', ['ORU', 'R01'], controlId, 'P', '2.5.1'],
  ['PID', 1],
  ['OBR', 1, sampleId, sampleId, ['CBC', 'Blood count', 'L'], '', '', timestamp(at)],
  ...analytes.map((analyte, index) =>
    ['OBX', index + 1, 'NM', analyte.code, '', valueOf(analyte), analyte.unit, '', 'N', '', '', 'F', '', '', timestamp(at)] as [string, ...(string | number)[]]),
]))

/** A question for the orders of one sample. */
export const hl7Query = (sampleId: string, controlId: string, at: Date): Uint8Array => asBytes(buildHl7([
  ['MSH', 'SIMULATOR', 'LAB', 'LIS', 'LAB', timestamp(at), '', ['QRY', 'Q02'], controlId, 'P', '2.3.1'],
  ['QRD', timestamp(at), 'R', 'D', controlId, '', '', ['1', 'RD'], sampleId, 'OTH', '', '', 'T'],
  ['QRF', '', '', '', '', '', 'RCT', 'COR', 'ALL'],
]))

const head = (at: Date) => ({ type: 'H', fields: { 5: 'SIMULATOR', 12: 'P', 13: 'LIS2-A2', 14: timestamp(at).slice(0, 14) } })

export const astmResults = (sampleId: string, at: Date): Uint8Array => buildAstm([
  head(at), { type: 'P' },
  { type: 'O', fields: { 3: sampleId, 5: ['', '', '', 'CBC'], 12: 'N', 26: 'F' } },
  ...analytes.map((analyte) => ({ type: 'R', fields: { 3: ['', '', '', analyte.code], 4: valueOf(analyte), 5: analyte.unit, 7: 'N', 9: 'F', 13: timestamp(at).slice(0, 14) } })),
  { type: 'L', fields: { 3: 'N' } },
])

export const astmQuery = (sampleId: string, at: Date): Uint8Array => buildAstm([
  head(at), { type: 'Q', fields: { 3: ['', sampleId], 5: 'ALL', 13: 'O' } }, { type: 'L', fields: { 3: 'N' } },
])
