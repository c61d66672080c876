import type { BodyOf, saveDeviceResults } from '@aliquot/contracts'
import type { ReadMessage } from './read/read-message.ts'

/** What an integration handed over, in the same shape as what a profile reads. */
export function readHandedOver(bytes: Buffer): ReadMessage {
  const { results } = JSON.parse(bytes.toString()) as BodyOf<typeof saveDeviceResults>
  const samples = [...Map.groupBy(results, ({ sample_id }) => sample_id)].map(([sampleId, group]) => ({
    sampleId: sampleId.trim(), qc: false, control: null, level: null, lot: null, files: [],
    results: group.map(({ code, value, unit = '', flags = [], measured_at }) => ({
      testCode: code, value, unit, flags, status: '', measuredAt: measured_at ? new Date(measured_at) : null, comments: [], skipped: false,
    })),
  }))
  return { kind: 'results', sender: '', controlId: null, lossy: false, samples, queried: [], problems: [] }
}
