/** An OpenSearch or Elasticsearch cluster; indexes are named `<prefix>-<kind>`. */
export interface SearchClusterConfig {
  url: string
  prefix: string
}

/** A server that speaks the Pusher protocol. */
export interface PusherConfig {
  appId: string
  key: string
  secret: string
  /** Where this server reaches it; without it Pusher's own, by cluster. */
  url: string | null
  /** Where browsers reach it, if elsewhere. */
  publicUrl: string | null
  cluster: string
}

const addressOf = (name: string, protocols: string[], env: NodeJS.ProcessEnv, problems: string[]): string | null => {
  const text = env[name]
  if (!text) return null
  if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text.replace(/\/$/, '')
  problems.push(`${name} must be an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`)
  return null
}

export function readSearchCluster(env: NodeJS.ProcessEnv, problems: string[]): SearchClusterConfig | null {
  const url = addressOf('OPENSEARCH_URL', ['http:', 'https:'], env, problems)
  const prefix = env.OPENSEARCH_PREFIX || 'aliquot'
  if (!/^[a-z][a-z0-9_-]{0,40}$/.test(prefix)) problems.push('OPENSEARCH_PREFIX must be a lower-case letter, then up to 40 of a-z, 0-9, "_" and "-"')
  return url ? { url, prefix } : null
}

export const readRedis = (env: NodeJS.ProcessEnv, problems: string[]): string | null => addressOf('REDIS_URL', ['redis:', 'rediss:'], env, problems)

/** PUSHER_*: null when none is set; half a configuration is a problem. */
export function readPusher(env: NodeJS.ProcessEnv, problems: string[]): PusherConfig | null {
  const needed = ['PUSHER_APP_ID', 'PUSHER_KEY', 'PUSHER_SECRET']
  const url = addressOf('PUSHER_URL', ['http:', 'https:'], env, problems)
  const publicUrl = addressOf('PUSHER_PUBLIC_URL', ['http:', 'https:'], env, problems)
  if (!needed.some((name) => env[name]) && url === null && publicUrl === null) return null
  for (const name of needed) if (!env[name]) problems.push(`${name} is needed with the other PUSHER_ variables`)
  return { appId: env.PUSHER_APP_ID || '', key: env.PUSHER_KEY || '', secret: env.PUSHER_SECRET || '', url, publicUrl, cluster: env.PUSHER_CLUSTER || 'mt1' }
}
