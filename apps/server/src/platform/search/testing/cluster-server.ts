import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { matching, type Doc, type SearchRequest } from './matching.ts'

interface Index {
  aliases: Set<string>
  docs: Map<string, { version: number; doc: Doc | null }>
}
interface Target { _index: string; _id: string; version: number }
type Alias = { index: string; alias: string }
type AliasAction = { remove_index?: { index: string }; add?: Alias; remove?: Alias }

/** The part of OpenSearch's REST interface that the driver uses, over real HTTP, with documents in memory: external versions, aliases, required aliases. */
export async function clusterServer() {
  const indexes = new Map<string, Index>()
  const ofAlias = (alias: string) => [...indexes].filter(([, { aliases }]) => aliases.has(alias))
  let requests = 0

  const item = (action: string, target: Target, doc: Doc | null) => {
    const [held] = ofAlias(target._index)
    if (!held) return { [action]: { ...target, status: 404, error: { type: 'index_not_found_exception', reason: 'require_alias' } } }
    const before = held[1].docs.get(target._id)
    if (before && before.version >= target.version) return { [action]: { ...target, status: 409, error: { type: 'version_conflict_engine_exception', reason: '' } } }
    held[1].docs.set(target._id, { version: target.version, doc })
    return { [action]: { ...target, status: doc === null && !before?.doc ? 404 : 200 } }
  }
  const bulk = (body: string) => {
    const lines = body.trim().split('\n').map((line) => JSON.parse(line) as Record<string, Target>)
    const items: object[] = []
    for (let i = 0; i < lines.length; i++) {
      const [action, target] = Object.entries(lines[i] ?? {})[0] ?? ['', {} as Target]
      items.push(item(action, target, action === 'index' ? lines[++i] as unknown as Doc : null))
    }
    return { errors: false, items }
  }
  const change = ({ remove_index: gone, add, remove }: AliasAction) => {
    if (gone) indexes.delete(gone.index)
    if (add) indexes.get(add.index)?.aliases.add(add.alias)
    if (remove) indexes.get(remove.index)?.aliases.delete(remove.alias)
  }
  const answer = (method: string, path: string, body: string): [number, object] => {
    const [first = '', second = ''] = path.slice(1).split('/').map(decodeURIComponent)
    if (method === 'PUT') {
      const { aliases } = JSON.parse(body) as { aliases: Record<string, object> }
      return indexes.has(first) ? [400, { error: { type: 'resource_already_exists_exception' } }] : (indexes.set(first, { aliases: new Set(Object.keys(aliases)), docs: new Map() }), [200, {}])
    }
    if (method === 'DELETE') return [indexes.delete(first) ? 200 : 404, {}]
    if (first === '_alias') {
      const held = ofAlias(second)
      return [held.length > 0 ? 200 : 404, Object.fromEntries(held.map(([name]) => [name, {}]))]
    }
    if (first === '_aliases') return (JSON.parse(body) as { actions: AliasAction[] }).actions.forEach(change), [200, {}]
    if (first === '_bulk') return [200, bulk(body)]
    if (second === '_refresh') return [200, {}]
    if (second !== '_search') return [400, { error: { type: 'illegal_argument_exception' } }]
    const docs = first.split(',').flatMap((alias) => ofAlias(alias)).flatMap(([, index]) => [...index.docs.values()]).flatMap(({ doc }) => (doc ? [doc] : []))
    return [200, { hits: { hits: matching(docs, JSON.parse(body) as SearchRequest).map((_source) => ({ _source })) } }]
  }
  const server = createServer(async (request, response) => {
    requests++
    const [status, body] = answer(request.method ?? '', new URL(request.url ?? '/', 'http://x').pathname, await text(request))
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    names: () => [...indexes.keys()],
    requests: () => requests,
    stop: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections() }),
  }
}
