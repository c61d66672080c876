import type { BodyOf, Endpoint, InboundOperation, updateEndpoint } from '@aliquot/contracts'
import type { Choice } from '../../../ui/index.ts'

type Codes = NonNullable<BodyOf<typeof updateEndpoint>['codes']>
export interface CodeRow {
  kind: Codes[number]['kind']
  theirs: string
  ours: Choice<never> | null
}
export interface EndpointValues {
  name: string
  verification: Endpoint['verification']
  account: Choice<never> | null
  operations: InboundOperation[]
  disabled: boolean
  codes: CodeRow[]
}

export const endpointValues = (row: Endpoint | null): EndpointValues => ({
  name: row?.name ?? '', verification: row?.verification ?? 'signature', account: row ? { id: row.account.id, label: row.account.name } : null,
  operations: row?.operations ?? ['register_patient', 'update_patient', 'order_tests'], disabled: row?.disabled ?? false,
  codes: (row?.codes ?? []).map(({ kind, theirs, ours }) => ({ kind, theirs, ours: { id: ours.id, label: ours.name } })),
})

/** Rows that say nothing are left out. */
export const codesOf = ({ codes }: EndpointValues): Codes => codes.flatMap(({ kind, theirs, ours }) => (ours && theirs.trim() !== '' ? [{ kind, theirs: theirs.trim(), ours: ours.id }] : []))
