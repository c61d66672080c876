import type { Report } from '@aliquot/contracts'

type Losing = Pick<Report, 'values' | 'file' | 'interpretation' | 'completedAt' | 'verifiedAt' | 'signatures'>

/** What converting a report discards. */
export function lossesOf({ values, file, interpretation, completedAt, verifiedAt, signatures }: Losing) {
  return {
    values: values.filter(({ value }) => value !== null).length,
    file: file?.object.fileName ?? null,
    interpretation: Boolean(interpretation?.trim()),
    completed: completedAt !== null,
    verified: verifiedAt !== null,
    signatures: signatures.length,
  }
}
