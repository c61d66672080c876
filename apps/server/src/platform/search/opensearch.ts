import type { SearchClusterConfig } from '../config/index.ts'
import type { DocumentChange, SearchCluster, SearchHit } from './cluster.ts'
import { indexBody, searchBody } from './mapping.ts'

interface BulkAnswer {
  items: Record<string, { status: number; error?: { type: string; reason: string } }>[]
}

/** The kinds under the names that other systems know. */
const indexNames: Record<string, string> = { patient: 'patients', report: 'lab_reports', staff: 'lab_users', object: 'storage' }
/** Long enough for a cluster under load, shorter than the minute for which it remembers the version of what was deleted. */
const patience = 10_000
const newerIsThere = 409
const notThere = 404

/**
 * OpenSearch, or what speaks its REST interface. One alias for each kind, on one index that `reindex` replaces as a whole.
 * Its client is read only where there is a cluster: it is a fifth of all modules.
 */
export async function openSearch({ url, prefix }: SearchClusterConfig): Promise<SearchCluster> {
  const { Client } = await import('@opensearch-project/opensearch')
  const client = new Client({ node: url, requestTimeout: patience, maxRetries: 0 })
  const aliasOf = (kind: string) => `${prefix}-${indexNames[kind] ?? kind}`
  const nextOf = (kind: string) => `${aliasOf(kind)}-next`
  const ask = async <T>(method: string, path: string, body?: object | string, querystring: Record<string, string> = {}) =>
    (await client.transport.request(typeof body === 'string' ? { method, path, bulkBody: body, querystring } : { method, path, querystring, ...(body ? { body } : {}) })).body as T

  const indexesOf = async (alias: string) => Object.keys(await ask<Record<string, unknown>>('GET', `/_alias/${alias}`).catch(none))
  const bulk = async (version: number, changes: readonly DocumentChange[], aliases: (kind: string) => string[], forgiven: readonly number[]) => {
    if (changes.length === 0) return
    const lines = changes.flatMap((change) => aliases(change.kind).flatMap((alias) => linesOf(change, version, alias)))
    // An alias that is not there must not become an index by itself, without our mapping.
    const answer = await ask<BulkAnswer>('POST', '/_bulk', `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`, { require_alias: 'true' })
    const failures = answer.items.flatMap((item) => Object.values(item)).filter(({ status }) => status >= 300 && !forgiven.includes(status))
    if (failures[0]) throw new Error(`The search cluster refused ${failures.length} of ${changes.length} documents: ${failures[0].error?.type ?? failures[0].status}`)
  }

  return {
    async find(actor, text) {
      const path = `/${text.kinds.map(aliasOf).join(',')}/_search`
      const { hits } = await ask<{ hits: { hits: { _source: SearchHit }[] } }>('POST', path, searchBody(actor, text), { ignore_unavailable: 'true' })
      return hits.hits.map(({ _source: { kind, id, title, subtitle, url: at } }) => ({ kind, id, title, subtitle, url: at }))
    },
    // Not there: a delete of what never was, or an index that nobody has filled yet; who fills it reads what is committed by then.
    write: (version, changes) => bulk(version, changes, (kind) => [aliasOf(kind), nextOf(kind)], [newerIsThere, notThere]),
    fill: (version, changes) => bulk(version, changes, (kind) => [nextOf(kind)], [newerIsThere]),
    async begin(kind) {
      for (const left of await indexesOf(nextOf(kind))) await ask('DELETE', `/${left}`)
      await ask('PUT', `/${aliasOf(kind)}-${Date.now()}`, { ...indexBody, aliases: { [nextOf(kind)]: {} } })
    },
    async finish(kind) {
      const [index] = await indexesOf(nextOf(kind))
      if (!index) throw new Error(`The new index of ${kind} is gone: another reindex has begun`)
      await ask('POST', `/${index}/_refresh`)
      const old = await indexesOf(aliasOf(kind))
      await ask('POST', '/_aliases', { actions: [
        ...old.map((name) => ({ remove_index: { index: name } })),
        { add: { index, alias: aliasOf(kind) } }, { remove: { index, alias: nextOf(kind) } },
      ] })
    },
    close: () => client.close(),
  }
}

function linesOf({ labId, kind, id, document }: DocumentChange, version: number, index: string): object[] {
  const target = { _index: index, _id: `${labId}-${kind}-${id}`, version, version_type: 'external' }
  return document ? [{ index: target }, document] : [{ delete: target }]
}

const none = (error: { statusCode?: number }): Record<string, unknown> => {
  if (error.statusCode === 404) return {}
  throw error
}
