import type { DeviceResult } from '@aliquot/contracts'

/** Waits for nothing but a person's word: no reason to doubt it, nothing critical. Which flags of the instrument are a reason is said by its profile. */
export function isDoubtless({ state, reason, resultFlag }: Pick<DeviceResult, 'state' | 'reason' | 'resultFlag'>): boolean {
  return state === 'waiting' && reason === null && !['critical', 'critical_low', 'critical_high'].includes(resultFlag ?? '')
}

/** How far a value is from the one before, in percent; null where one of them is no number, or there is nothing to compare with. */
export function changeOf(value: string | null, previous: string | undefined): number | null {
  const now = numberIn(value)
  const then = numberIn(previous ?? null)
  return now === null || then === null || then === 0 ? null : Math.round(((now - then) / Math.abs(then)) * 100)
}

function numberIn(text: string | null): number | null {
  return text !== null && /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : null
}
