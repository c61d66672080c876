import { describe, expect, it } from 'vitest'
import { liveStateOf, troubleKind } from './live-state.ts'

const live = { listening: true, trouble: null, connections: 1, lastMessageAt: null, lastPeer: null }

describe('liveStateOf', () => {
  it.each([
    [{ disabled: false, live }, 'connected'],
    [{ disabled: false, live: { ...live, connections: 0 } }, 'listening'],
    [{ disabled: false, live: { ...live, listening: false } }, 'deaf'],
    [{ disabled: false, live: { ...live, trouble: 'late' } }, 'trouble'],
    [{ disabled: true, live: { ...live, trouble: 'late' } }, 'disabled'],
  ])('%j is %s', (instrument, expected) => {
    expect(liveStateOf(instrument)).toBe(expected)
  })
})

describe('troubleKind', () => {
  it.each([['listen EADDRINUSE: address already in use 127.0.0.1:3977', 'in_use'], ['listen EACCES: permission denied 0.0.0.0:104', 'denied'], ['the line is silent', null]])('%s', (trouble, expected) => {
    expect(troubleKind(trouble)).toBe(expected)
  })
})
