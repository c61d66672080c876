import { DateOnly, type MissingDetailsConfigInput, type MissingEntity } from '@aliquot/contracts'
import { Value } from 'typebox/value'
import type { FieldError } from '#platform/errors'
import { fields } from './fields.ts'
import type { ConfigurationRow, Template } from './list-configuration.ts'
import { camelled, type Camelled } from './spellings.ts'

/** A field of the catalogue, and what the lab has configured for it so far. */
export type KnownField = Template & (ConfigurationRow | NotConfigured)
type NotConfigured = { [K in Exclude<keyof ConfigurationRow, keyof Template>]: null }

/** What is to be written of one field. */
export interface Wanted {
  templateId: number
  label: string
  value: string
  disabled: boolean
  blocksRelease: boolean
  entity: MissingEntity | null
  entityId: number | null
  /** Place in the body, for errors that turn up later. */
  place: number
}

export interface CheckedInputs {
  wanted: Wanted[]
  errors: FieldError[]
  /** Versions that somebody else has changed since. */
  stale: number | null
}

/** Lays what was given over what is configured: all errors at once. */
export function checkConfiguration(inputs: readonly MissingDetailsConfigInput[], known: readonly KnownField[]): CheckedInputs {
  const errors: FieldError[] = []
  const wanted: Wanted[] = []
  let stale: number | null = null
  inputs.map((input) => camelled(input)).forEach((input, place) => {
    const report = (path: string, message: string, code: string) => errors.push({ path: `/configs/${place}${path}`, message, code })
    const template = known.find(({ module, name }) => module === input.fieldModule && name === input.fieldName)
    if (!template) return report('/fieldName', 'is not a field of the catalogue: name it with its module', 'missing_details.unknown_field')
    if (wanted.some(({ templateId }) => templateId === template.id)) return report('/fieldName', 'is given twice', 'missing_details.field_twice')
    if (input.version !== undefined && template.version !== null && input.version !== template.version) stale ??= template.version
    const value = input.fieldValue?.trim() ?? template.value
    if (!value) return report('/fieldValue', 'is needed: choose the placeholder', 'platform.required')
    const problem = placeholderProblem(template, value)
    if (problem) report('/fieldValue', problem, 'missing_details.unusable_placeholder')
    wanted.push(wantedOf(template, input, value, place))
  })
  return { wanted, errors, stale }
}

function wantedOf(template: KnownField, input: Camelled<MissingDetailsConfigInput>, value: string, place: number): Wanted {
  return {
    templateId: template.id, label: template.label, value, place, entity: template.entity,
    disabled: input.isDisabled ?? template.disabled ?? false, blocksRelease: input.blocksRelease ?? template.blocksRelease ?? false,
    entityId: value === template.value ? template.entityId : null,
  }
}

/** Why the form that takes the field would not take this placeholder; null when it does. */
function placeholderProblem({ module, name }: Template, value: string): string | null {
  const field = fields[module][name]
  if (!field) return 'cannot be watched'
  if (!value.isWellFormed()) return 'is not readable text'
  if (field.options && !field.options.includes(value)) return `must be one of ${field.options.join(', ')}`
  if (field.input === 'date' && !Value.Check(DateOnly, value)) return 'must be a date'
  if (field.accepts && !Value.Check(field.accepts, value)) return 'has a form that this field refuses: nobody could save it'
  if (name === 'phone' && value.replace(/\D/g, '').length < 6) return 'has too few digits: nobody could save it'
  if (name === 'fullName' && !/\p{L}/u.test(value)) return 'has no letter in it: nobody could save it'
  return null
}
