import { retriedByDefault, type BodyOf, type IntegrationEvent, type Partner, type createPartner } from '@aliquot/contracts'
import type { Choice } from '../../../ui/index.ts'

export interface PartnerValues {
  name: string
  url: string
  actions: IntegrationEvent[]
  organisation: Choice<never> | null
  hidePersonal: boolean
  timeoutSeconds: number | ''
  attempts: number | ''
  firstDelaySeconds: number | ''
  retryOn: string[]
  disabled: boolean
  /** As typed, one `Name: value` a line; empty leaves those that are set. */
  headers: string
}

const blank: PartnerValues = {
  name: '', url: '', actions: [], organisation: null, hidePersonal: true, timeoutSeconds: 15, attempts: 8, firstDelaySeconds: 30,
  retryOn: [...retriedByDefault], disabled: false, headers: '',
}

export const partnerValues = (row: Partner | null): PartnerValues => (row === null ? blank : {
  name: row.name, url: row.url, actions: row.actions, organisation: row.organisation && { id: row.organisation.id, label: row.organisation.name },
  hidePersonal: row.hidePersonal, timeoutSeconds: row.timeoutSeconds, attempts: row.attempts,
  firstDelaySeconds: row.firstDelaySeconds, retryOn: row.retryOn, disabled: row.disabled, headers: '',
})

const headerLine = /^([A-Za-z][A-Za-z0-9-]*)\s*:\s*(.*)$/
export const badHeader = (headers: string): string | undefined => headers.split('\n').filter((line) => line.trim() !== '').find((line) => !headerLine.test(line.trim()))

export function partnerBody(values: PartnerValues): BodyOf<typeof createPartner> {
  const { name, url, actions, organisation, hidePersonal, timeoutSeconds, attempts, firstDelaySeconds, retryOn } = values
  const headers = values.headers.split('\n').flatMap((line) => {
    const [, header, value] = headerLine.exec(line.trim()) ?? []
    return header === undefined ? [] : [{ name: header, value: value ?? '' }]
  })
  return {
    name: name.trim(), url: url.trim(), actions, organisationId: organisation?.id ?? null, hidePersonal, timeoutSeconds: timeoutSeconds || 15,
    attempts: attempts || 8, firstDelaySeconds: firstDelaySeconds || 30, retryOn, ...(headers.length > 0 && { headers }),
  }
}
