import type { Instrument } from '@aliquot/contracts'

export type LiveState = 'disabled' | 'trouble' | 'deaf' | 'connected' | 'listening'

/** What staff must know first: a trouble hides that a connection stands, and an instrument that is switched off has none. */
export function liveStateOf({ disabled, live }: Pick<Instrument, 'disabled' | 'live'>): LiveState {
  if (disabled) return 'disabled'
  if (live.trouble !== null) return 'trouble'
  if (!live.listening) return 'deaf'
  return live.connections > 0 ? 'connected' : 'listening'
}

/** Troubles of a socket that staff can be told in words; null: as the server says it. */
export function troubleKind(trouble: string): 'in_use' | 'denied' | null {
  return trouble.includes('EADDRINUSE') ? 'in_use' : trouble.includes('EACCES') ? 'denied' : null
}
