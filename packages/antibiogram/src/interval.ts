/**
 * The exact (Clopper–Pearson) confidence interval of `successes` of `trials`, as fractions. From the quantiles of the beta distribution:
 * Clopper & Pearson 1934, Biometrika 26:404; Brown, Cai, DasGupta 2001, Stat Sci 16:101. The same as R's binom.test.
 */
export function clopperPearson(successes: number, trials: number, confidence = 0.95): { lower: number; upper: number } {
  if (!Number.isInteger(trials) || !Number.isInteger(successes) || successes < 0 || successes > trials) throw new RangeError('successes of trials are counts')
  const tail = (1 - confidence) / 2
  return {
    lower: successes === 0 ? 0 : betaQuantile(tail, successes, trials - successes + 1),
    upper: successes === trials ? 1 : betaQuantile(1 - tail, successes + 1, trials - successes),
  }
}

/** Bisection: the distribution rises, and 60 halvings exhaust a double. */
function betaQuantile(p: number, a: number, b: number): number {
  let [low, high] = [0, 1]
  for (let n = 0; n < 60; n++) {
    const middle = (low + high) / 2
    if (incompleteBeta(middle, a, b) < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** I_x(a, b), the regularised incomplete beta function, by its continued fraction (DLMF 8.17.22) on the side where that converges quickly. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b))
  return x < (a + 1) / (a + b + 2) ? (front * continuedFraction(x, a, b)) / a : 1 - (front * continuedFraction(1 - x, b, a)) / b
}

/** Lentz's way of evaluating it, as modified by Thompson and Barnett 1986; even and odd terms in turn. */
function continuedFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  const apart = (value: number) => (Math.abs(value) < tiny ? tiny : value)
  let c = 1
  let d = 1 / apart(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m < 100_000; m++) {
    for (const term of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ]) {
      d = 1 / apart(1 + term * d)
      c = apart(1 + term / c)
      fraction *= c * d
    }
    if (Math.abs(c * d - 1) < 1e-15) break
  }
  return fraction
}

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b)

/** Stirling's series (DLMF 5.11.1) from 15 up, where eight terms exhaust a double; below, by Γ(x+1) = xΓ(x). */
function logGamma(x: number): number {
  let [shift, y] = [1, x]
  for (; y < 15; y++) shift *= y
  const square = 1 / (y * y)
  const series = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - square * (691 / 360_360 - square / 156)))))) / y
  return (y - 0.5) * Math.log(y) - y + Math.log(2 * Math.PI) / 2 + series - Math.log(shift)
}
