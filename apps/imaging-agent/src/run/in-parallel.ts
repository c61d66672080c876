/** Works on items, `width` at a time. After a failure nothing new is begun; what runs is waited for, then the first failure is thrown. */
export async function inParallel<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const failures: unknown[] = []
  let next = 0
  const line = async () => {
    while (next < items.length && failures.length === 0) {
      const item = items[next++] as T
      await work(item).catch((error: unknown) => { failures.push(error) })
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, line))
  if (failures.length > 0) throw failures[0]
}

/** Pieces of at most `size`, in order. */
export const piecesOf = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))
