import { Type } from 'typebox'
import { expect, it } from 'vitest'
import type { Problem } from '../errors/index.ts'
import { validatorFor } from './validate.ts'

const schema = Type.Object({
  code: Type.String({ pattern: '^[A-Z]+$' }), name: Type.String({ minLength: 1, maxLength: 3 }), age: Type.Integer({ minimum: 1, maximum: 5 }), sex: Type.Enum(['male', 'female']),
  born: Type.String({ format: 'date' }), tags: Type.Array(Type.String(), { minItems: 1, maxItems: 2, uniqueItems: true }), size: Type.Number({ exclusiveMinimum: 0 }),
}, { additionalProperties: false })

const said = (data: unknown): Record<string, string> => {
  const answer = validatorFor(schema, false)(data) as { error: Problem }
  return Object.fromEntries(answer.error.errors?.map(({ path, message }) => [path, message]) ?? [])
}

it('says what is wrong with each field in words that need no knowledge of schemas', () => {
  expect(said({ code: 'abc', name: '', age: 0, sex: 'x', born: 'yesterday', tags: ['a', 'a'], size: 0, more: 1 })).toEqual({
    '/code': 'is not written as this field expects', '/name': 'must not be empty', '/age': 'must be 1 or more', '/sex': 'must be one of: male, female',
    '/born': 'must be a date, such as 2026-03-31', '/tags': 'must not name the same twice', '/size': 'must be more than 0', '/more': 'is not a field of this request',
  })
  expect(said({ code: 1, name: 'long', age: 2.5, sex: 'male', born: '2026-01-01', tags: [] })).toEqual({
    '/code': 'must be a text', '/name': 'must not have more than 3 characters', '/age': 'must be a whole number', '/tags': 'must not be empty', '/size': 'is needed',
  })
})
