import { defineConfig } from 'vitest/config'
import { ClosingLine } from './tests/setup/closing-line.ts'

const pure = ['packages/**/*.test.ts', 'apps/web/**/*.test.ts', 'tests/laws/**/*.test.ts']
/** What they test is the process itself: its ports, and what is loaded into it. */
const alone = ['apps/server/src/modules/devices/listen/*.test.ts', 'apps/server/src/platform/documents/in-child.test.ts']
const leftOut = ['**/node_modules/**', '**/dist/**']

const onPostgres = {
  include: ['apps/**/*.test.ts', 'bench/**/*.test.ts', 'tests/**/*.test.ts'],
  globalSetup: 'tests/setup/postgres.ts',
  hookTimeout: 180_000,
}

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // Long enough for a machine that does other work too: how fast things are is no test's business.
    testTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
    // As Node itself loads them.
    experimental: { viteModuleRunner: false },
    setupFiles: 'tests/setup/compile-cache.ts',
    // Requests are not news here; failures are.
    env: { LOG_LEVEL: 'error' },
    reporters: ['default', new ClosingLine()],
    projects: [
      // Files share a process each kind, where one spoils nothing for the next: loading the modules for each would take as long as the tests.
      { extends: true, test: { name: 'pure', include: pure, exclude: leftOut, isolate: false } },
      { extends: true, test: { ...onPostgres, name: 'system', exclude: [...leftOut, ...pure, ...alone], isolate: false } },
      { extends: true, test: { ...onPostgres, name: 'alone', include: alone, exclude: leftOut } },
    ],
  },
})
