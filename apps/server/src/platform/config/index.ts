import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { readPusher, readRedis, readSearchCluster, type PusherConfig, type SearchClusterConfig } from './scale.ts'
import { readLambdaToken, readS3, readScanner, type S3Config, type ScannerAddress } from './store.ts'

export type { PusherConfig, SearchClusterConfig } from './scale.ts'
export type { S3Config, ScannerAddress } from './store.ts'

/** Everything that the environment decides. docs/operations.md describes each variable. */
export interface Config {
  port: number
  host: string
  /** Where instruments reach this system. */
  devicesHost: string
  publicUrl: string
  dataFolder: string
  databaseUrl: string | null
  databasePool: number
  preparedStatements: boolean
  secret: string
  logLevel: string
  trustProxy: boolean
  metricsToken: string | null
  /** Where files are kept; null: in `dataFolder`. */
  s3: S3Config | null
  /** The virus scanner; null: none. */
  clamd: ScannerAddress | null
  /** What the file converter shows as X-Lambda-Token; null: it is not let in. */
  lambdaToken: string | null
  /** Hosts (`host` or `host:port`) of this network that labs may send to: a mail relay, a gateway. All others must be public. */
  outboundHosts: string[]
  /** Where the search box asks; null: Postgres. */
  searchCluster: SearchClusterConfig | null
  /** The second layer of the cache, shared by all processes; null: none. */
  redisUrl: string | null
  /** Who carries hints to browsers; null: this server, as server-sent events. */
  pusher: PusherConfig | null
  /** How many days of work a new demo lab is filled with. */
  demoDays: number
}

export class ConfigError extends Error {
  constructor(problems: string[]) {
    super(`The configuration is not usable:\n${problems.map((p) => `  - ${p}`).join('\n')}`)
    this.name = 'ConfigError'
  }
}

/** `mail.lan, 10.0.0.5:8080` */
const hostsIn = (text = ''): string[] => text.toLowerCase().split(/[\s,]+/).filter(Boolean)

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

/** Reads and checks the environment; all problems are reported at once as a {@link ConfigError}. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const problems: string[] = []
  const integer = (name: string, fallback: number, low: number, high: number) => {
    const text = env[name]
    if (text === undefined || text === '') return fallback
    const value = Number(text)
    if (Number.isInteger(value) && value >= low && value <= high) return value
    problems.push(`${name} must be a whole number from ${low} to ${high}, not "${text}"`)
    return fallback
  }
  const flag = (name: string, fallback: boolean) => {
    const text = env[name]
    if (text === undefined || text === '') return fallback
    if (['1', 'true', 'on', 'yes'].includes(text)) return true
    if (['0', 'false', 'off', 'no'].includes(text)) return false
    problems.push(`${name} must be on or off, not "${text}"`)
    return fallback
  }

  const port = integer('PORT', 3000, 0, 65_535)
  const host = env.HOST || '127.0.0.1'
  const devicesHost = env.DEVICES_HOST || host
  const dataFolder = resolve(env.ALIQUOT_DATA || '.aliquot')
  const databaseUrl = env.DATABASE_URL || null
  if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl)) problems.push('DATABASE_URL must begin with postgres:// or postgresql://')
  const publicUrl = (env.PUBLIC_URL || `http://localhost:${port}`).replace(/\/$/, '')
  if (!URL.canParse(publicUrl)) problems.push(`PUBLIC_URL must be a web address, not "${publicUrl}"`)
  const logLevel = env.LOG_LEVEL || 'info'
  if (!logLevels.includes(logLevel)) problems.push(`LOG_LEVEL must be one of ${logLevels.join(', ')}`)
  const secret = env.ALIQUOT_SECRET || ''
  if (secret && secret.length < 32) problems.push('ALIQUOT_SECRET must have at least 32 characters')
  const config = {
    port, host, devicesHost, publicUrl, dataFolder, databaseUrl, logLevel,
    s3: readS3(env, flag, problems),
    clamd: readScanner(env.CLAMD, problems),
    lambdaToken: readLambdaToken(env.CRON_SIGNING_KEY, problems),
    searchCluster: readSearchCluster(env, problems),
    redisUrl: readRedis(env, problems),
    pusher: readPusher(env, problems),
    databasePool: integer('DATABASE_POOL', 12, 2, 200),
    preparedStatements: flag('DATABASE_PREPARED', true),
    trustProxy: flag('TRUST_PROXY', false),
    metricsToken: env.METRICS_TOKEN || null,
    outboundHosts: hostsIn(env.OUTBOUND_HOSTS),
    demoDays: integer('ALIQUOT_DEMO_DAYS', 30, 0, 366),
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return { ...config, secret: secret || ownSecret(dataFolder) }
}

/**
 * Where ALIQUOT_SECRET is not given, this machine makes one and keeps it beside its data, readable by its user alone.
 * Several machines on one database must be given the same one.
 */
function ownSecret(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = resolve(folder, 'secret')
  try {
    writeFileSync(file, randomBytes(48).toString('base64url'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFileSync(file, 'utf8').trim()
}

let current: Config | null = null

/** Makes the configuration known to the process; boot and tests call it once. */
export function useConfig(config: Config): Config {
  current = config
  return config
}

export function theConfig(): Config {
  if (!current) throw new Error('The configuration has not been read')
  return current
}
