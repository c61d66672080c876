const free: Buffer[] = []
const step = 1024 * 1024

/**
 * Lends `size` bytes, of any content, until `work` is done. New memory for each file costs more than reading it: pages to be mapped and cleared,
 * and a collector that runs all the time. There are never more buffers than were lent at one time.
 */
export async function lend<T>(size: number, work: (bytes: Buffer) => Promise<T>): Promise<T> {
  const last = free.pop()
  const buffer = last && last.length >= size ? last : Buffer.allocUnsafeSlow(Math.ceil(size / step) * step)
  try {
    return await work(buffer.subarray(0, size))
  } finally {
    free.push(buffer)
  }
}
