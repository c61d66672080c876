import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ListedObject } from './index.ts'
import { isMissing } from './disk-files.ts'

const own = /^\.|\.sha256$/

/**
 * The objects below `folder` (a key that ends with a slash, or nothing) whose key begins with `prefix`, in key order: a folder
 * sorts by its name and the slash that follows it in keys, so `a-b` comes before `a/b`.
 */
export async function* walk(root: string, folder: string, prefix: string): AsyncIterable<ListedObject> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return []
    throw error
  })
  const keys = entries.filter(({ name }) => !own.test(name)).map((entry) => `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`)
  for (const key of keys.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))) {
    if (key.endsWith('/')) {
      if (key.startsWith(prefix) || prefix.startsWith(key)) yield* walk(root, key, prefix)
    } else if (key.startsWith(prefix)) {
      const found = await stat(join(root, key)).catch((error: unknown) => {
        if (isMissing(error)) return null
        throw error
      })
      if (found) yield { key, size: found.size, modifiedAt: found.mtime }
    }
  }
}
