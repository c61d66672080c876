import type { MessageChannel } from '@aliquot/contracts'

/** A telephone number as providers take it, `+919845055555`; the country's code is put before one that has none. Null for what is no number. */
export function internationalNumber(phone: string, countryCode: string): string | null {
  const digits = phone.replace(/\D/g, '')
  const written = phone.trim()
  const number = written.startsWith('+') ? digits : written.startsWith('00') ? digits.slice(2) : `${countryCode.slice(1)}${digits.replace(/^0+/, '')}`
  return /^[1-9]\d{6,14}$/.test(number) ? `+${number}` : null
}

interface Reachable {
  phone?: string | null | undefined
  email?: string | null | undefined
}

/** Where somebody is reached on a channel; null where nowhere. */
export const addressOn = (channel: MessageChannel, { phone, email }: Reachable, countryCode: string): string | null =>
  channel === 'email' ? email || null : phone ? internationalNumber(phone, countryCode) : null
