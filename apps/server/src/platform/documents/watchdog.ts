import { workerData } from 'node:worker_threads'
import { tooMuchMemory } from './watched.ts'

/**
 * A thread of the child that sees what the working thread, deep in a decoder, cannot: that memory runs out, or that the server is gone.
 * Ends the whole process; the signal tells the server why.
 */
const { most, parent } = workerData as { most: number; parent: number }

setInterval(() => {
  if (process.memoryUsage.rss() > most) process.kill(process.pid, tooMuchMemory)
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
}, 25)
