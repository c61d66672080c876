import type { Report } from '@aliquot/contracts'

/** What converting a report discards. */
export function lossesOf({ values, file, interpretation, completedAt, verifiedAt, signatures }: Pick<Report, 'values' | 'file' | 'interpretation' | 'completedAt' | 'verifiedAt' | 'signatures'>) {
  return {
    values: values.filter(({ value }) => value !== null).length,
    file: file?.object.fileName ?? null,
    interpretation: Boolean(interpretation?.trim()),
    completed: completedAt !== null,
    verified: verifiedAt !== null,
    signatures: signatures.length,
  }
}
