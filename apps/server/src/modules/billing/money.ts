/** What a line costs; minor units. */
export interface PricedLine {
  price: number
  discount: number
}

export interface Totals {
  subtotal: number
  discount: number
  total: number
}

/** The sum of a bill: the lines less their own discounts, less the discount on the whole. All in minor units, never below zero for lawful input. */
export function totalsOf(lines: readonly PricedLine[], discount: number): Totals {
  const subtotal = lines.reduce((sum, line) => sum + line.price - line.discount, 0)
  return { subtotal, discount, total: subtotal - discount }
}

/** What an insurer that covers `percent` of a bill pays of it, rounded down to a minor unit: the co-payment is the rest, so both are the total. */
export const insuredShare = (total: number, percent: number): number => Number(BigInt(total) * BigInt(Math.round(percent * 100)) / 10_000n)

export type PaymentStatus = 'unpaid' | 'part_paid' | 'paid' | 'overpaid'

/** How far a bill of `total` is settled by `paid` (payments less refunds). */
export function paymentStatusOf(total: number, paid: number): PaymentStatus {
  if (paid > total) return 'overpaid'
  if (paid === total) return 'paid'
  return paid === 0 ? 'unpaid' : 'part_paid'
}
