import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import * as contracts from './index.ts'
import type { Permission, RouteDefinition } from './index.ts'

interface Schema {
  type?: string | string[]
  properties?: Record<string, Schema>
  additionalProperties?: unknown
  items?: Schema
  anyOf?: Schema[]
  enum?: unknown[]
  format?: string
  pattern?: string
  maxLength?: number
  maxItems?: number
  minimum?: number
  exclusiveMinimum?: number
  maximum?: number
}

const isRoute = (value: unknown): value is RouteDefinition => typeof value === 'object' && value !== null && 'statements' in value
const routes = Object.entries<unknown>(contracts).filter((entry): entry is [string, RouteDefinition] => isRoute(entry[1]))
const parts = (route: RouteDefinition) => [route.params, route.query, route.body].filter((part) => part !== undefined) as Schema[]
const permissionsOf = ({ permission }: RouteDefinition): readonly string[] =>
  permission === null || permission === 'public' || permission === 'lambda' ? [] : [permission].flat()

/** Permissions that a command asks for, depending on what its body does. */
const askedInside: Permission[] = [
  'patients.update_identity', 'patients.limit_tests', 'billing.change_prices', 'billing.give_discounts', 'reports.print_unsigned',
  'reports.convert_radiology',
]

describe.each(routes)('%s', (_, route) => {
  it('has a parameter schema for exactly the parameters of its path', () => {
    const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name).sort()
    expect(Object.keys((route.params as Schema | undefined)?.properties ?? {}).sort()).toEqual(inPath)
  })

  it('takes no body where HTTP has none', () => {
    if (route.method === 'GET' || route.method === 'DELETE') expect(route.body).toBeUndefined()
  })

  it('accepts only what it names, and nothing without bounds', () => {
    expect(parts(route).flatMap((part) => unbounded(part, ''))).toEqual([])
  })

  it('compiles, and refuses an unknown member', () => {
    for (const part of parts(route)) expect(Compile(part).Check({ surely_unknown: 1 })).toBe(false)
    Compile(route.response)
  })

  it('answers an object, a file or nothing', () => {
    const { type, anyOf } = route.response as Schema
    if (route.status === 204) expect(type).toBe('null')
    else expect(route.produces === undefined).toBe(type === 'object' || anyOf?.every((one) => one.type === 'object') === true)
  })

  it('belongs to one module, named by its tag', () => {
    expect(['platform', 'labs', 'catalog', 'patients', 'storage', 'billing', 'reports', 'devices', 'molecular', 'missing-details', 'integrations', 'communications',
      'imaging']).toContain(route.tags.join())
  })

  it('can answer that the version is stale, if it asks for one', () => {
    if ((route.body as Schema | undefined)?.properties?.version) expect(route.errors).toContain('platform.stale_version')
  })

  it('names no error twice', () => {
    expect(new Set(route.errors).size).toBe(route.errors?.length ?? 0)
  })
})

describe('the set of routes', () => {
  it('has each method and path once', () => {
    const addresses = routes.map(([, { method, path }]) => `${method} ${path.replace(/:\w+/g, ':')}`)
    expect(addresses.filter((address, at) => addresses.indexOf(address) !== at)).toEqual([])
  })

  it('calls the parameter at one place of a path by one name', () => {
    const names = new Map<string, string>()
    for (const [, { path }] of routes) {
      for (const { 1: name, index } of path.matchAll(/:(\w+)/g)) {
        const before = path.slice(0, index)
        expect(names.get(before) ?? name, path).toBe(name)
        names.set(before, name!)
      }
    }
  })

  it('lists every page with the same query and answer', () => {
    for (const [name, { query, response }] of routes) {
      const answer = (response as Schema).properties ?? {}
      if ('next' in answer) expect(Object.keys((query as Schema).properties ?? {}), name).toEqual(expect.arrayContaining(['cursor', 'limit']))
    }
  })

  it('uses every permission and every error code', () => {
    const used = new Set(routes.flatMap(([, route]) => permissionsOf(route)))
    expect(Object.keys(contracts.permissions).filter((name) => !used.has(name) && !askedInside.includes(name as Permission))).toEqual([])
    const codes = new Set(routes.flatMap(([, route]) => route.errors ?? []))
    // Any route may answer the platform's; the disk driver's own bucket, which has no contract, answers those of `objects`.
    const everywhere = /^(platform|objects)\./
    expect(contracts.problemCodes.filter((code) => !everywhere.test(code) && !codes.has(code))).toEqual([])
  })
})

describe('names', () => {
  it('of permissions and errors are <module>.<snake_case>', () => {
    for (const name of [...Object.keys(contracts.permissions), ...contracts.problemCodes]) expect(name).toMatch(/^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/)
  })

  it('of permissions in roles and routes are declared', () => {
    const inRoles = Object.values(contracts.defaultRoles).flatMap(({ permissions }): readonly string[] => permissions)
    const named = [...inRoles, ...routes.flatMap(([, route]) => permissionsOf(route))]
    expect(named.filter((name) => !(name in contracts.permissions))).toEqual([])
  })

  it('of permissions occur once in a role', () => {
    for (const { name, permissions } of Object.values(contracts.defaultRoles)) expect(new Set(permissions).size, name).toBe(permissions.length)
  })
})

/** Pointers to members that would take input of any size, or members that nobody named. */
function unbounded(schema: Schema, at: string): string[] {
  if (schema.anyOf) return schema.anyOf.flatMap((choice) => unbounded(choice, at))
  const type = [schema.type].flat()[0]
  if (schema.enum) return []
  if (type === 'string') return schema.maxLength !== undefined || schema.format !== undefined || isFinitePattern(schema.pattern) ? [] : [at]
  if (type === 'integer' || type === 'number') return [schema.minimum ?? schema.exclusiveMinimum, schema.maximum].includes(undefined) ? [at] : []
  if (type === 'array') return [...(schema.maxItems === undefined ? [at] : []), ...unbounded(schema.items ?? {}, `${at}/items`)]
  if (type === 'boolean') return []
  if (type !== 'object' || schema.additionalProperties !== false) return [at]
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) => unbounded(member, `${at}/${name}`))
}

/** Anchored, and without a repetition that has no end. */
const isFinitePattern = (pattern = ''): boolean =>
  /^\^.*\$$/.test(pattern) && !/[*+]|\{\d+,\}/.test(pattern.replaceAll(/\\./g, '').replaceAll(/\[[^\]]*\]/g, ''))
