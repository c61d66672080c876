import type { AstmRecord } from './records.ts'

/** A record and what belongs to it: the records below it, and comments and manufacturer's records about it, each in the order sent. */
export interface RecordNode {
  readonly record: AstmRecord
  readonly children: RecordNode[]
  /** C, M and S records, and those of unknown type. */
  readonly attached: AstmRecord[]
}

/** One message: all from a header to its terminator, or to the next header. */
export interface MessageTree {
  /** Null where records stand before any header. */
  readonly header: RecordNode | null
  /** P and Q records; O and R too where the record above them is missing. */
  readonly children: RecordNode[]
  readonly terminator: RecordNode | null
  /** What departs from the standard; nothing is left out because of it. */
  readonly problems: TreeProblem[]
}

export type TreeProblem =
  | 'no header' | 'no terminator' | 'record after the terminator' | 'order without patient' | 'result without order' | 'record of unknown type'

/** A result with the records that it stands under: never those of another patient or order. */
export interface ScopedResult {
  readonly patient: AstmRecord | null
  readonly order: AstmRecord | null
  readonly result: AstmRecord
  readonly attached: readonly AstmRecord[]
}

const levels: Record<string, number> = { P: 1, Q: 1, O: 2, R: 3 }
const knownAttachments = new Set(['C', 'M', 'S'])

/** The trees of H > P > O > R, Q and L, one for each header, so that two messages are never one. Empty records are left out. */
export const treesOf = (records: readonly AstmRecord[]): MessageTree[] => {
  const trees: MessageTree[] = []
  let tree: Growing | null = null
  for (const record of records) {
    if (record.type === '') continue
    if (record.type === 'H' || !tree) {
      if (tree) trees.push(finish(tree))
      tree = grow(record)
      if (record.type === 'H') continue
    }
    place(tree, record)
  }
  if (tree) trees.push(finish(tree))
  return trees
}

/** All results of a message, each with its own patient and order, in the order sent. */
export const resultsOf = (tree: MessageTree): ScopedResult[] => {
  const results: ScopedResult[] = []
  const visit = (nodes: readonly RecordNode[], patient: AstmRecord | null, order: AstmRecord | null): void => {
    for (const { record, children, attached } of nodes) {
      if (record.type === 'R') results.push({ patient, order, result: record, attached })
      visit(children, record.type === 'P' ? record : patient, record.type === 'O' ? record : order)
    }
  }
  visit(tree.children, null, null)
  return results
}

interface Growing {
  header: RecordNode | null
  children: RecordNode[]
  terminator: RecordNode | null
  problems: Set<TreeProblem>
  /** From the header's children down to the last record: what comes next belongs to one of these. */
  path: { level: number; node: RecordNode }[]
}

const nodeOf = (record: AstmRecord): RecordNode => ({ record, children: [], attached: [] })

const grow = (first: AstmRecord): Growing => ({
  header: first.type === 'H' ? nodeOf(first) : null,
  children: [],
  terminator: null,
  problems: new Set(first.type === 'H' ? [] : ['no header']),
  path: [],
})

const place = (tree: Growing, record: AstmRecord): void => {
  if (tree.terminator) tree.problems.add('record after the terminator')
  const level = levels[record.type]
  if (record.type === 'L' && !tree.terminator) {
    tree.terminator = nodeOf(record)
    tree.path = []
  } else if (level === undefined) attach(tree, record)
  else {
    const node = nodeOf(record)
    const path = tree.path.filter((above) => above.level < level && above.node.record.type !== 'Q')
    const above = path.at(-1)?.node
    if (record.type === 'O' && !above) tree.problems.add('order without patient')
    if (record.type === 'R' && above?.record.type !== 'O') tree.problems.add('result without order')
    const siblings = above?.children ?? tree.children
    siblings.push(node)
    tree.path = [...path, { level, node }]
  }
}

const attach = (tree: Growing, record: AstmRecord): void => {
  if (!knownAttachments.has(record.type)) tree.problems.add('record of unknown type')
  const last = tree.path.at(-1)?.node ?? tree.terminator ?? tree.header
  if (last) last.attached.push(record)
  else tree.children.push(nodeOf(record))
}

const finish = ({ header, children, terminator, problems }: Growing): MessageTree => {
  if (!terminator) problems.add('no terminator')
  return { header, children, terminator, problems: [...problems] }
}
