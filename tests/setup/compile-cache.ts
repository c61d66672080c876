import { enableCompileCache, flushCompileCache } from 'node:module'
import { afterAll } from 'vitest'

/** What one file's modules compile to, the next one reads: half of a file's time went there. */
enableCompileCache()
afterAll(() => flushCompileCache())
