import { watch, type FSWatcher } from 'node:fs'

/**
 * Calls `changed` soon after something changed below a folder. Windows and macOS tell of the whole tree; Linux, and shares of other machines, only of
 * some or nothing, which is why the agent also looks by itself from time to time.
 */
export function watchFolder(folder: string, changed: () => void): () => void {
  let timer: NodeJS.Timeout | null = null
  const soon = () => {
    timer ??= setTimeout(() => {
      timer = null
      changed()
    }, 500)
  }
  let watcher: FSWatcher | null = null
  try {
    watcher = watch(folder, { recursive: process.platform !== 'linux', persistent: false }, soon)
    watcher.on('error', () => watcher?.close())
  } catch {
    watcher = null
  }
  return () => {
    if (timer) clearTimeout(timer)
    watcher?.close()
  }
}
