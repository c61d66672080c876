/** How a partner's settings say when to try again. */
export interface RetryRules {
  attempts: number
  firstDelaySeconds: number
  retryOn: readonly string[]
}

const longestDelay = 6 * 3600

/**
 * Whether a trouble is one of those to retry: it begins with the configured text, in any case. `x` in a status stands for any digit, so `HTTP 5xx` is all
 * of them.
 */
export const isRetried = (trouble: string, { retryOn }: RetryRules): boolean => retryOn.some((text) => {
  const asked = text.trim().toLowerCase()
  const said = trouble.slice(0, asked.length).toLowerCase()
  return asked !== '' && (/^http [0-9x]{3}$/.test(asked) ? matchesStatus(said, asked) : said === asked)
})

const matchesStatus = (said: string, asked: string) => said.length === asked.length && [...asked].every((letter, index) => letter === said[index] ||
  (index > 4 && letter === 'x' && /\d/.test(said[index] ?? '')))

/**
 * When to try again after so many failed tries, or null: never by itself. Twice as long each time, six hours at most, a fifth more or less by chance
 * (`luck` from 0 to 1), so that a partner who comes back is not met by all at once.
 */
export function nextTry(trouble: string, attempts: number, rules: RetryRules, luck: number): number | null {
  if (attempts >= rules.attempts || !isRetried(trouble, rules)) return null
  return Math.min(rules.firstDelaySeconds * 2 ** (attempts - 1), longestDelay) * (0.8 + 0.4 * luck)
}

/** After five failures in a row nothing is sent for a minute, then twice as long each time that a single try fails, an hour at most. */
export const restAfter = 5
export const restSeconds = (failures: number): number => (failures < restAfter ? 0 : Math.min(60 * 2 ** Math.min(failures - restAfter, 10), 3600))
