/** What the checker of schemas found at one place. */
export interface Issue {
  keyword: string
  instancePath: string
  message: string
  params: Record<string, unknown>
}

const typeWords: Record<string, string> = { string: 'a text', integer: 'a whole number', number: 'a number', boolean: 'true or false', array: 'a list', object: 'a record', null: 'empty' }
const formatWords: Record<string, string> = {
  'date': 'a date, such as 2026-03-31', 'date-time': 'a time, such as 2026-03-31T08:15:00Z', 'email': 'an e-mail address, such as name@example.org',
}

const typed = (type: unknown): string => [type].flat().map((name) => typeWords[String(name)] ?? String(name)).join(' or ')

const sayings: Record<string, (params: Record<string, unknown>) => string> = {
  type: ({ type }) => `must be ${typed(type)}`,
  pattern: () => 'is not written as this field expects',
  format: ({ format }) => `must be ${formatWords[String(format)] ?? `a ${String(format)}`}`,
  enum: ({ allowedValues }) => `must be one of: ${(allowedValues as unknown[]).map((value) => value ?? 'empty').join(', ')}`,
  minLength: ({ limit }) => (limit === 1 ? 'must not be empty' : `needs at least ${String(limit)} characters`),
  maxLength: ({ limit }) => `must not have more than ${String(limit)} characters`,
  minimum: ({ limit }) => `must be ${String(limit)} or more`,
  maximum: ({ limit }) => `must be ${String(limit)} or less`,
  exclusiveMinimum: ({ limit }) => `must be more than ${String(limit)}`,
  exclusiveMaximum: ({ limit }) => `must be less than ${String(limit)}`,
  minItems: ({ limit }) => (limit === 1 ? 'must not be empty' : `needs at least ${String(limit)} entries`),
  maxItems: ({ limit }) => `must not have more than ${String(limit)} entries`,
  uniqueItems: () => 'must not name the same twice',
  anyOf: () => 'is not written as this field expects',
}

/** What is wrong with a field, to follow its name, in words that need no knowledge of schemas. */
export const wordsFor = ({ keyword, message, params }: Issue): string => sayings[keyword]?.(params) ?? message
