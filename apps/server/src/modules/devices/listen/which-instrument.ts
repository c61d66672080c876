import type { PortInstrument } from './open-ports.ts'

type Matches = (definition: PortInstrument['definition'], bytes: Uint8Array) => boolean

/**
 * Whose line this is, before anything was said: the instrument that claims the peer's address, or the only one of the port that claims none.
 * Null: nobody's, or only the messages can tell.
 */
export function instrumentAt(instruments: readonly PortInstrument[], peer: string): PortInstrument | null {
  const [only, ...others] = candidatesAt(instruments, peer)
  return only && others.length === 0 ? only : null
}

/** Whose message this is: by the peer's address, else by the sender that it names, else the only instrument that it can be. Never a guess. */
export function instrumentOf(instruments: readonly PortInstrument[], peer: string, bytes: Uint8Array, matchesSender: Matches): PortInstrument | null {
  const candidates = candidatesAt(instruments, peer)
  if (candidates.length <= 1) return candidates[0] ?? null
  const named = candidates.filter(({ definition }) => definition.sender !== null && matchesSender(definition, bytes))
  return named.length === 1 ? named[0] ?? null : null
}

function candidatesAt(instruments: readonly PortInstrument[], peer: string): PortInstrument[] {
  const claimed = instruments.filter(({ peers }) => peers.includes(peer))
  return claimed.length > 0 ? claimed : instruments.filter(({ peers }) => peers.length === 0)
}
