import type { InstrumentValues } from './instrument-values.ts'

type Missing = 'form.missing' | 'form.code' | 'form.port' | 'form.delta'

/** Which fields cannot be saved, and why. */
export function troubleIn({ name, code, profileId, port, deltaPercent }: InstrumentValues): Partial<Record<keyof InstrumentValues, Missing>> {
  return {
    ...(name.trim() ? {} : { name: 'form.missing' }),
    ...(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/.test(code.trim()) ? {} : { code: 'form.code' }),
    ...(profileId === null ? { profileId: 'form.missing' } : {}),
    ...(port !== '' && port >= 1024 && port <= 65_535 ? {} : { port: 'form.port' }),
    ...(deltaPercent !== '' && deltaPercent >= 1 ? {} : { deltaPercent: 'form.delta' }),
  }
}
