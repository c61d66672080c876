import { inboundOperations, type InboundBody, type InboundOperation } from '@aliquot/contracts'
import { validatorFor } from '#platform/http'
import { integrationErrors } from './errors.ts'

const operations = Object.keys(inboundOperations) as InboundOperation[]
const validators = new Map(operations.map((name) => [name, validatorFor(inboundOperations[name], false)]))

export type AnyInbound = { [O in InboundOperation]: InboundBody<O> }[InboundOperation]

/** The operation that the body asks for. Throws what is wrong with it, all fields at once. */
export function readOperation(bytes: Uint8Array, allowed: readonly string[]): AnyInbound {
  const body = parse(bytes) as { operation?: unknown } | null
  const validate = allowed.includes(String(body?.operation)) ? validators.get(body?.operation as InboundOperation) : undefined
  if (!validate) throw integrationErrors.unknown_operation({ operations: allowed.join(', ') })
  const checked = validate(body)
  if ('error' in checked) throw checked.error
  return checked.value as AnyInbound
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw integrationErrors.not_json({ because: error instanceof SyntaxError ? error.message : 'it is not UTF-8' })
  }
}
