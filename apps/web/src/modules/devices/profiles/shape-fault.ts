interface Shape {
  type?: string | string[]
  enum?: unknown[]
  required?: string[]
  properties?: Record<string, Shape>
  items?: Shape
}

/** The first place where a value has another shape than its JSON schema says, as a pointer; null where it fits. Limits and patterns are left to the server. */
export function shapeFault(schema: object, value: unknown, path = ''): string | null {
  const { type = [], enum: words, items, ...shape } = schema as Shape
  const types = [type].flat()
  const fits = types.length === 0 || types.includes(typeOf(value)) || (types.includes('number') && typeOf(value) === 'integer')
  if (!fits || (value !== null && words && !words.includes(value))) return path || '/'
  if (Array.isArray(value)) return items ? firstFault(value.map((each, at) => [String(at), items, each]), path) : null
  return typeof value === 'object' && value !== null ? faultIn(shape, value as Record<string, unknown>, path) : null
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value
}

function faultIn({ required = [], properties = {} }: Shape, members: Record<string, unknown>, path: string): string | null {
  const odd = required.find((name) => members[name] === undefined) ?? Object.keys(members).find((name) => !(name in properties))
  if (odd !== undefined) return `${path}/${odd}`
  return firstFault(Object.entries(properties).filter(([name]) => members[name] !== undefined).map(([name, shape]) => [name, shape, members[name]]), path)
}

function firstFault(parts: readonly (readonly [string, Shape, unknown])[], path: string): string | null {
  for (const [name, shape, value] of parts) {
    const fault = shapeFault(shape, value, `${path}/${name}`)
    if (fault !== null) return fault
  }
  return null
}
