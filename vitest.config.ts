import { defineConfig } from 'vitest/config'
import { ClosingLine } from './tests/setup/closing-line.ts'

const pure = ['packages/**/*.test.ts', 'apps/web/**/*.test.ts', 'tests/laws/**/*.test.ts']
const leftOut = ['**/node_modules/**', '**/dist/**']

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    // As Node itself loads them.
    experimental: { viteModuleRunner: false },
    setupFiles: 'tests/setup/compile-cache.ts',
    // Requests are not news here; failures are.
    env: { LOG_LEVEL: 'error' },
    reporters: ['default', new ClosingLine()],
    projects: [
      // These share nothing that one could spoil for the next: one process reads all.
      { extends: true, test: { name: 'pure', include: pure, exclude: leftOut, isolate: false } },
      {
        extends: true,
        test: {
          name: 'system',
          include: ['apps/**/*.test.ts', 'bench/**/*.test.ts', 'tests/**/*.test.ts'],
          exclude: [...leftOut, ...pure],
          globalSetup: 'tests/setup/postgres.ts',
          isolate: false,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
