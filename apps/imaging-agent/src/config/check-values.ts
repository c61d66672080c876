import { resolve } from 'node:path'
import { isLoopback, type Address } from './address.ts'
import { flagOf, ruleOf, settingNames, variableOf, type Part, type SettingName, type SettingRule, type Values } from './setting-list.ts'
import type { Bucket, Settings, SourceSettings } from './settings.ts'

export interface Problem {
  name: SettingName
  says: string
}

export class SettingsError extends Error {
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(`The settings are not usable:\n${problems.map(({ name, says }) => `  - ${nameOf(name)}: ${says}`).join('\n')}`)
    this.name = 'SettingsError'
    this.problems = problems
  }
}

const nameOf = (name: SettingName) => (ruleOf(name).kind === 'secret' ? variableOf(name) : `${flagOf(name)} (${variableOf(name)})`)

/** Whether a setting matters beside the others: that of a CSV file does not where SQL Server is read. */
export const isUsed = (name: SettingName, values: Values): boolean => {
  const { when } = ruleOf(name) as SettingRule
  return !when || values[when[0] as SettingName] === when[1]
}

/** Without these there is nothing to do; the others have a fallback or are right when empty. */
const needed: readonly SettingName[] = [
  'sqlServer', 'sqlUser', 'sqlPassword', 'patientsCsv', 'mediabaseCsv', 'pdata', 'clinicId', 's3Bucket', 's3AccessKeyId', 's3SecretAccessKey',
]

/** All that is wrong with these parts, as sentences that repeat no secret. */
export function problemsOf(values: Values, parts: readonly Part[] = ['database', 'folder', 'resolver', 'bucket', 'agent']): Problem[] {
  const problems = settingNames.filter((name) => parts.includes(ruleOf(name).part) && isUsed(name, values)).flatMap((name) => {
    const says = values[name] === '' ? (needed.includes(name) ? 'is missing' : null) : faultOf(ruleOf(name), values[name])
    return says ? [{ name, says }] : []
  })
  const missing = (name: SettingName, says: string) => {
    if (values[name] === '' && !problems.some((problem) => problem.name === name)) problems.push({ name, says })
  }
  if (parts.includes('resolver') && values.resolver === '') missing('server', 'is missing: who resolves the cards?')
  if (parts.includes('bucket') && values.bucket === 'server') missing('server', 'is missing: who signs the forms?')
  if (parts.includes('bucket') && values.bucket === 'server') missing('serverKey', 'is missing')
  if (parts.includes('resolver') && values.resolverKey === '') missing('serverKey', 'is missing')
  return problems
}

/** Throws a {@link SettingsError} with all problems at once. */
export function checkValues(data: string, values: Values): Settings {
  const problems = problemsOf(values)
  if (problems.length > 0) throw new SettingsError(problems)
  const server = values.server === '' ? null : { url: bare(values.server), key: values.serverKey }
  return {
    data, server, source: sourceOf(values), bucket: bucketOf(values), pdata: resolve(values.pdata), clinicId: Number(values.clinicId),
    resolver: resolverOf(values), settleMs: Number(values.settleSeconds) * 1000, largest: Number(values.largestMb) * 1024 * 1024,
    scanMs: Number(values.scanMinutes) * 60_000, uploads: Number(values.uploads), logLevel: values.logLevel,
  }
}

export function sourceOf(values: Values): SourceSettings {
  if (values.source === 'csv') return { kind: 'csv', patients: resolve(values.patientsCsv), mediabase: resolve(values.mediabaseCsv) }
  const [host = '', instance] = values.sqlServer.split('\\')
  return {
    kind: 'sql', host, instance: instance || null, port: values.sqlPort ? Number(values.sqlPort) : null, database: values.sqlDatabase,
      user: values.sqlUser,
    password: values.sqlPassword, encrypt: isOn(values.sqlEncrypt), trustCertificate: isOn(values.sqlTrustCertificate),
      readOnly: isOn(values.sqlReadOnly),
  }
}

export const resolverOf = (values: Values): Address => ({
  url: values.resolver === '' ? `${bare(values.server)}/api/app/patient-pms-resolver/resolve` : values.resolver, key: values.resolverKey
    || values.serverKey,
})

export const bucketOf = (values: Values): Bucket => (values.bucket === 'server' ? { kind: 'server' } : {
  kind: 's3', endpoint: values.s3Endpoint ? bare(values.s3Endpoint) : null, region: values.s3Region, bucket: values.s3Bucket,
  accessKeyId: values.s3AccessKeyId, secretAccessKey: values.s3SecretAccessKey, pathStyle: isOn(values.s3PathStyle),
})

const isOn = (value: string): boolean => value === 'on'
const bare = (address: string): string => address.replace(/\/+$/, '')

function faultOf({ kind, range, choices }: SettingRule, value: string): string | null {
  if (/\p{Cc}/u.test(value)) return 'must be one line'
  if (kind === 'switch') return ['on', 'off'].includes(value) ? null : `must be on or off, not "${value}"`
  if (kind === 'choice') return choices?.includes(value) ? null : `must be one of ${choices?.join(', ')}, not "${value}"`
  if (kind === 'number') {
    const [low = 0, high = Number.MAX_SAFE_INTEGER] = range ?? []
    const number = Number(value)
    return /^\d+$/.test(value) && number >= low && number <= high ? null : `must be a whole number from ${low} to ${high}, not "${value}"`
  }
  if (kind === 'path') return value.startsWith('~') ? 'must be a whole path: ~ is not understood here' : null
  return kind === 'address' ? faultOfAddress(value) : null
}

function faultOfAddress(value: string): string | null {
  if (!URL.canParse(value)) return 'must be a web address such as https://lab.example.org'
  const url = new URL(value)
  if (url.username || url.password) return 'must not contain a user or password'
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) return null
  return url.protocol === 'http:' && /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|\.local$|^[^.]+$/.test(url.hostname) ? null
    : 'must begin with https:// (http:// only within the practice)'
}
