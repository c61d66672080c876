import { driverFields, type MessageChannel, type MessageProvider, type ProviderConfig, type ProviderSecrets } from '@aliquot/contracts'

export interface ProviderValues {
  name: string
  channel: MessageChannel
  driver: MessageProvider['driver']
  /** As typed; headers are lines. */
  config: Record<Exclude<keyof ProviderConfig, 'port'>, string> & { port: number | string }
  secrets: Record<keyof ProviderSecrets, string>
  inUse: boolean
}

const nothing: ProviderValues['config'] = {
  from: '', fromName: '', replyTo: '', host: '', port: 587, security: 'starttls', username: '', accountSid: '', messagingServiceSid: '', phoneNumberId: '',
  baseUrl: '', method: 'POST', url: '', contentType: '', body: '', headers: '', successText: '', idPath: '',
}

export const valuesOf = (row: MessageProvider | null): ProviderValues => ({
  name: row?.name ?? '', channel: row?.channel ?? 'email', driver: row?.driver ?? 'smtp', inUse: row?.inUse ?? true,
  config: { ...nothing, ...row?.config, headers: (row?.config.headers ?? []).map(({ name, value }) => `${name}: ${value}`).join('\n') } as ProviderValues['config'],
  secrets: { password: '', apiKey: '', authToken: '', webhookKey: '' },
})

/** What the driver has use for and somebody typed; a credential that was left empty stays as it is. */
export function bodyOf({ config, secrets, driver, ...values }: ProviderValues) {
  const { needs, takes } = driverFields[driver]
  const typed = [...needs, ...takes].flatMap((name): [string, unknown][] => {
    const value = config[name]
    if (value === '') return []
    return [[name, name === 'headers' ? headersOf(String(value)) : name === 'port' ? Number(value) : value]]
  })
  const given = Object.entries(secrets).filter(([, value]) => value !== '')
  return { ...values, driver, config: Object.fromEntries(typed) as ProviderConfig, secrets: Object.fromEntries(given) as ProviderSecrets }
}

const headersOf = (text: string) => text.split('\n').flatMap((line) => {
  const at = line.indexOf(':')
  return at > 0 ? [{ name: line.slice(0, at).trim(), value: line.slice(at + 1).trim() }] : []
})
