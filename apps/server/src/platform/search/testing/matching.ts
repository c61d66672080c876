/** One document of an index, as it was sent. */
export type Doc = Record<string, unknown> & { body: string; at: string }

interface Match { query: string; operator: 'and'; fuzziness?: 'AUTO'; prefix_length?: number }
interface Way { constant_score: { boost: number; filter: { match: Record<string, Match> } } }
type Filter = { term: Record<string, unknown> } | { terms: Record<string, unknown[]> }

/** The one shape of query that the driver sends. */
export interface SearchRequest {
  size: number
  query: { bool: { filter: Filter[]; must: [{ dis_max: { queries: Way[] } }] } }
}

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
const words = (text: string) => fold(text).split(/\s+/).filter(Boolean)
const runs = (text: string) => fold(text).split(/[^\p{L}\p{N}]+/u).flatMap((part) => Array.from({ length: Math.max(0, part.length - 2) }, (_, i) => part.slice(i, i + 3)))

/** Documents that match, best first, as the analysers and scores of the mapping say. */
export function matching(docs: readonly Doc[], { size, query: { bool } }: SearchRequest): Doc[] {
  const score = (doc: Doc) => Math.max(0, ...bool.must[0].dis_max.queries.map(({ constant_score: { boost, filter } }) => (holds(doc, filter.match) ? boost : 0)))
  return docs.filter((doc) => bool.filter.every((filter) => passes(doc, filter)))
    .map((doc) => ({ doc, score: score(doc) })).filter((hit) => hit.score > 0)
    .sort((a, b) => b.score - a.score || b.doc.at.localeCompare(a.doc.at)).slice(0, size).map(({ doc }) => doc)
}

function passes(doc: Doc, filter: Filter): boolean {
  if ('term' in filter) return Object.entries(filter.term).every(([field, value]) => doc[field] === value)
  return Object.entries(filter.terms).every(([field, values]) => values.includes(doc[field]))
}

function holds({ body }: Doc, match: Record<string, Match>): boolean {
  return Object.entries(match).every(([field, { query, fuzziness, prefix_length: prefix = 0 }]) => {
    const kept = words(body)
    if (words(query).length === 0) return false
    if (field === 'body.part') return runs(query).length > 0 && runs(query).every((run) => runs(body).includes(run))
    if (field === 'body.start') return words(query).every((word) => kept.some((each) => each.slice(0, 20).startsWith(word)))
    return words(query).every((word) => kept.some((each) => each === word || (fuzziness === 'AUTO' && near(word, each, prefix))))
  })
}

/** AUTO: one edit from three letters, two from six; a swap of neighbours is one. */
function near(a: string, b: string, prefix: number): boolean {
  const allowed = a.length < 3 ? 0 : a.length < 6 ? 1 : 2
  return a.slice(0, prefix) === b.slice(0, prefix) && edits(a, b) <= allowed
}

function edits(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  const at = (i: number, j: number) => rows[i]?.[j] ?? Number.POSITIVE_INFINITY
  for (let i = 1; i <= a.length; i++) {
    rows.push([i])
    for (let j = 1; j <= b.length; j++) {
      const swap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY
      rows[i]?.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1), swap))
    }
  }
  return at(a.length, b.length)
}
