const longest = 200
/** Steps that an expression may take at worst on a text of that length. */
const patience = 2e9

/** Null for an expression that does not compile. */
export const compileExpression = (pattern: string): RegExp | null => {
  try {
    return new RegExp(pattern)
  } catch {
    return null
  }
}

/** What the first group matches, or all that matches, of at most 200 characters; '' where nothing does. */
export const matchedBy = (expression: RegExp, text: string): string => {
  const found = expression.exec(text.slice(0, longest))
  // Cut through a pair of surrogates, a text is none that can be stored.
  return ((found && (found.length > 1 ? found[1] : found[0])) ?? '').toWellFormed()
}

/**
 * What is wrong with an expression, or null. One that could search for minutes is refused: JavaScript cannot stop it. Judged from above: each
 * repetition multiplies the ways to match by the text's length, each `?` and alternative adds some, and what varies may not be repeated at all.
 */
export const expressionProblem = (pattern: string): string | null => {
  if (!compileExpression(pattern)) return `${pattern} is no regular expression`
  return waysOf(pattern) > patience ? `${pattern} could take too long: repeat less, and no group that itself repeats or has alternatives` : null
}

const quantifier = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/

const waysOf = (pattern: string): number => {
  /** Ways of the groups around, and of the one at hand. */
  const around: number[] = []
  let ways = 1
  for (let at = 0; at < pattern.length;) {
    const sign = pattern.charAt(at)
    let inside = 1
    if (sign === '(') {
      around.push(ways)
      ways = 1
      at += /^\((?:\?(?:[:=!]|<[=!]|<\w+>))?/.exec(pattern.slice(at))?.[0].length ?? 1
      continue
    }
    if (sign === '|') ways += 1
    if (sign === ')') {
      inside = ways
      ways = around.pop() ?? 1
      at += 1
    } else at += atomLength(pattern.slice(at))
    const [whole, least, comma, most] = quantifier.exec(pattern.slice(at)) ?? []
    if (whole === undefined) {
      ways *= inside
      continue
    }
    at += whole.length
    const times = timesOf(whole, least, comma, most)
    ways *= whole.startsWith('?') ? inside + 1 : inside > 1 ? Infinity : times
  }
  return ways
}

const timesOf = (whole: string, least = '', comma = '', most = ''): number => {
  if (whole.startsWith('?')) return 2
  if (!whole.startsWith('{') || (comma && !most)) return longest
  return most ? Math.max(1, Number(most) - Number(least) + 1) : 1
}

/** Of an escape, a character class, or one character. */
const atomLength = (rest: string): number => /^(?:\\[^]|\[\^?(?:\\[^]|[^\]\\])*\])/.exec(rest)?.[0].length ?? 1
