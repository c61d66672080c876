import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { systemActor, type Actor } from '../auth/index.ts'
import { closeCache, openCache } from '../cache/index.ts'
import { useConfig, type Config } from '../config/index.ts'
import { closePool, openPool, thePool } from '../db/index.ts'
import { openObjects } from '../objects/index.ts'
import { stopPublishing } from '../realtime/index.ts'

export interface TestDatabase {
  url: string
  config: Config
  /** Straight to the tables, as their owner: for looking at what a command left, never for arranging. */
  rows<T extends object = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<T[]>
}

let closeLast = async () => {}

/** A database of its own for this test file, cloned from the migrated template. That of the file before in this process is closed and dropped. */
export async function testDatabase(): Promise<TestDatabase> {
  await closeLast()
  const base = inject('postgres')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asAdmin(base, `create database ${name} template template_aliquot`)
  const url = base.replace(/\/aliquot$/, `/${name}`)
  const dataFolder = mkdtempSync(join(tmpdir(), 'aliquot-test-data-'))
  const config: Config = {
    port: 0, host: '127.0.0.1', devicesHost: '127.0.0.1', publicUrl: 'http://localhost:3000', dataFolder, databaseUrl: url, databasePool: 10, preparedStatements: true,
    secret: 'a secret for this test file alone, 32+', logLevel: 'silent', trustProxy: false, metricsToken: null, demoDays: 0,
    s3: null, clamd: null, lambdaToken: null, outboundHosts: [], searchCluster: null, redisUrl: null, pusher: null,
  }
  useConfig(config)
  openPool(url, config)
  openObjects(config)
  await openCache(null)
  closeLast = async () => {
    await stopPublishing()
    await closeCache()
    await closePool()
    await asAdmin(base, `drop database ${name} with (force)`)
    rmSync(dataFolder, { recursive: true, force: true })
  }
  return { url, config, rows: async (text, values = []) => (await thePool().query(text, values)).rows }
}

async function asAdmin(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  // Cloning a template waits for no one: another file that clones at this moment makes Postgres refuse, so try again.
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query(text)
      break
    } catch (error) {
      if (attempt >= 20 || (error as { code?: string }).code !== '55006') throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  await client.end()
}

/** An actor with just these permissions, for commands and queries called directly. */
export function anActor(labId: number, permissions: string[] = [], more: Partial<Actor> = {}): Actor {
  return { ...systemActor(labId, 'test'), kind: 'staff', permissions: new Set(permissions), ...more }
}
