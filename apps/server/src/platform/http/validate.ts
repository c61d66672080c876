import { Compile } from 'typebox/compile'
import { Settings } from 'typebox/system'
import { Value } from 'typebox/value'
import type { TSchema } from 'typebox'
import { platformErrors, type FieldError } from '../errors/index.ts'
import { wordsFor, type Issue } from './field-words.ts'

/** All of them are named at once, which is more than the library names unless told. */
const mostErrors = 200
Settings.Set({ maxErrors: mostErrors })

/** Compiles a schema to a check that answers all errors at once. Texts of an address (query, params) are converted first; bodies are not. */
export function validatorFor(schema: TSchema, fromAddress: boolean): (data: unknown) => { value: unknown } | { error: Error } {
  const validator = Compile(schema)
  return (data) => {
    const value = fromAddress ? Value.Convert(schema, listsOf(schema, data ?? {})) : data
    if (validator.Check(value)) return { value }
    return { error: platformErrors.invalid_input({}, { errors: fieldErrors(validator.Errors(value) as unknown as Issue[]) }) }
  }
}

/** `?status=a` is a list of one where the schema says list. */
function listsOf(schema: TSchema, data: unknown): unknown {
  const properties = (schema as unknown as { properties?: Record<string, { type?: string }> }).properties ?? {}
  const lists = Object.entries(data as Record<string, unknown>).map(([name, value]) =>
    [name, properties[name]?.type === 'array' && !Array.isArray(value) ? String(value).split(',') : value] as const)
  return Object.fromEntries(lists)
}

function fieldErrors(issues: Issue[]): FieldError[] {
  const errors = issues.flatMap((issue): FieldError[] => {
    const { keyword, instancePath, message, params } = issue
    if (keyword === 'required') {
      return (params.requiredProperties as string[]).map((name) => ({ path: `${instancePath}/${name}`, message: 'is needed', code: 'platform.required' }))
    }
    if (keyword === 'additionalProperties') {
      return (params.additionalProperties as string[]).map((name) => ({ path: `${instancePath}/${name}`, message: 'is not a field of this request', code: 'platform.unknown_field' }))
    }
    if (keyword === 'boolean' && message === 'schema is false') return []
    return [{ path: instancePath || '/', message: wordsFor(issue), code: `platform.${keyword.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}` }]
  })
  const seen = new Set<string>()
  return errors.filter(({ path, code }) => !seen.has(path + code) && seen.add(path + code)).slice(0, mostErrors)
}
