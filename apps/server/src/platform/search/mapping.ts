import type { Actor } from '../auth/actor.ts'
import type { SearchText } from './cluster.ts'

/** Postgres folds every body (lower case, no accents) before it gets here; queries are folded here, by the same filters. */
const folding = ['lowercase', 'asciifolding']

/** Words as they are; each word's beginnings; runs of three letters, for the middle and end of numbers. */
export const indexBody = {
  settings: {
    index: { max_ngram_diff: 0 },
    analysis: {
      tokenizer: { runs: { type: 'ngram', min_gram: 3, max_gram: 3, token_chars: ['letter', 'digit'] } },
      filter: { beginnings: { type: 'edge_ngram', min_gram: 1, max_gram: 20 } },
      analyzer: {
        words: { type: 'custom', tokenizer: 'whitespace', filter: folding },
        beginnings: { type: 'custom', tokenizer: 'whitespace', filter: [...folding, 'beginnings'] },
        runs: { type: 'custom', tokenizer: 'runs', filter: folding },
      },
    },
  },
  mappings: {
    dynamic: 'strict',
    properties: {
      labId: { type: 'long' }, kind: { type: 'keyword' }, id: { type: 'long' }, organisationId: { type: 'long' }, doctorId: { type: 'long' },
      title: { type: 'keyword', index: false, doc_values: false }, subtitle: { type: 'keyword', index: false, doc_values: false },
      url: { type: 'keyword', index: false, doc_values: false }, at: { type: 'date' },
      body: {
        type: 'text', analyzer: 'words',
        fields: {
          start: { type: 'text', analyzer: 'beginnings', search_analyzer: 'words' },
          part: { type: 'text', analyzer: 'runs' },
        },
      },
    },
  },
} as const

/** The best of four ways to match counts: whole words, their beginnings, a piece inside, one or two typing errors. Equals: the newest first. */
export function searchBody(actor: Pick<Actor, 'labId' | 'organisationId' | 'doctorId'>, { q, kinds, most }: SearchText) {
  const way = (boost: number, field: string, more: object = {}) =>
    ({ constant_score: { boost, filter: { match: { [field]: { query: q, operator: 'and', ...more } } } } })
  return {
    size: most,
    _source: ['kind', 'id', 'title', 'subtitle', 'url'],
    query: {
      bool: {
        filter: [
          { term: { labId: actor.labId } }, { terms: { kind: [...kinds] } },
          ...(actor.organisationId === null ? [] : [{ term: { organisationId: actor.organisationId } }]),
          ...(actor.doctorId === null ? [] : [{ term: { doctorId: actor.doctorId } }]),
        ],
        must: [{ dis_max: { queries: [
          way(8, 'body'), way(4, 'body.start'), ...(q.replace(/\s/g, '').length >= 3 ? [way(2, 'body.part')] : []),
          way(1, 'body', { fuzziness: 'AUTO', prefix_length: 1 }),
        ] } }],
      },
    },
    sort: [{ _score: 'desc' }, { at: 'desc' }],
  }
}
