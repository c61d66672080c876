import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { readConfig, useConfig } from '../config/index.ts'
import { seal, unseal } from './index.ts'

beforeAll(() => { useConfig(readConfig({ ALIQUOT_SECRET: 'a secret of at least 32 characters' })) })

it('opens what it sealed, for the same context only', () => {
  fc.assert(fc.property(fc.string(), (text) => {
    const sealed = seal(text, 'lab 1')
    expect(unseal(sealed, 'lab 1')).toBe(text)
    expect(() => unseal(sealed, 'lab 2')).toThrow('cannot be opened')
  }), { numRuns: 50 })
})

it('never seals alike, and refuses what was changed', () => {
  const sealed = seal('hush', 'x')
  expect(seal('hush', 'x')).not.toBe(sealed)
  expect(sealed).not.toContain('hush')
  expect(() => unseal(`v1.${'A'.repeat(44)}`, 'x')).toThrow('cannot be opened')
  expect(() => unseal('v1.', 'x')).toThrow('Not a sealed credential')
})
