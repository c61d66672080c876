/** Tries before a message is given up: over some eleven hours. */
export const mostTries = 9

const first = 30_000
const longest = 4 * 3600_000

/** Milliseconds until the next try after `tries`: doubled each time, and anything from half of that up, so that a provider that comes back is not stormed. */
export const waitAfter = (tries: number, chance: number = Math.random()): number => {
  const whole = Math.min(longest, first * 2 ** (tries - 1) * (tries > 2 ? 4 : 1))
  return Math.round(whole * (0.5 + chance / 2))
}
