import { boot } from '../boot.ts'
import { reindex } from '../platform/search/index.ts'

/** Prints a line for each kind, and on a terminal how far it is. */
export async function reindexAll({ kind }: { kind?: string }): Promise<void> {
  const system = await boot()
  const live = process.stderr.isTTY
  let last = ''
  try {
    await reindex(kind === undefined ? null : [kind], (progress) => {
      if (progress.kind !== last) console.log(`${progress.kind}: ${progress.documents} documents`)
      else if (live) process.stderr.write(`\r  ${progress.documents.toLocaleString('en')} sent to the cluster`)
      last = progress.kind
    })
    if (live) process.stderr.write('\r\x1b[K')
    if (!system.config.searchCluster) console.log('There is no search cluster (OPENSEARCH_URL): the search box asks Postgres.')
  } finally {
    await system.close()
  }
}
