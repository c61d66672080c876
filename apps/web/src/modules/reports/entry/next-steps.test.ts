import { describe, expect, it } from 'vitest'
import { nextSteps } from './next-steps.ts'

const base = { actions: ['save', 'complete', 'verify', 'sign'] as const, status: 'in_progress' as const, editable: true, amending: false, dirty: false, fields: true, unchecked: false }

describe('nextSteps', () => {
  it('offers saving and completing while results are entered', () => {
    expect(nextSteps({ ...base, actions: ['save', 'complete'] })).toEqual(['save', 'complete'])
  })

  it('offers what was completed to be verified and signed, not to be typed over', () => {
    expect(nextSteps({ ...base, status: 'completed', editable: false })).toEqual(['edit', 'verify', 'sign'])
  })

  it('neither verifies nor signs what was not saved', () => {
    expect(nextSteps({ ...base, status: 'verified', dirty: true })).toEqual(['save', 'complete'])
  })

  it('completes no report whose result is a file that is not there', () => {
    expect(nextSteps({ ...base, actions: ['save', 'complete'], fields: false })).toEqual([])
  })

  it('neither verifies nor signs a file that was not checked', () => {
    expect(nextSteps({ ...base, status: 'completed', editable: false, fields: false, unchecked: true })).toEqual([])
  })

  it('offers nothing to those who may only look', () => {
    expect(nextSteps({ ...base, actions: [], status: 'signed', editable: false })).toEqual([])
  })
})
