import type { DeviceResult } from '@aliquot/contracts'

export interface ResultGroup {
  key: string
  results: DeviceResult[]
}

/** Rows under their headings: held ones by the reason, others by the report that they go to, or by the sample while there is none. In the order in which they come. */
export function groupResults(results: readonly DeviceResult[], by: 'reason' | 'report'): ResultGroup[] {
  const groups = new Map<string, ResultGroup>()
  for (const result of results) {
    const key = by === 'reason' ? result.reason ?? 'none' : result.report ? `report:${result.report.id}` : `sample:${result.instrument?.id ?? 0}:${result.sampleId}`
    const group = groups.get(key)
    if (group) group.results.push(result)
    else groups.set(key, { key, results: [result] })
  }
  return [...groups.values()]
}
