import pg from 'pg'

/** "Aliquot devices": the first half of each lock's key; the port is the second. */
const lockClass = 0x41_6c_64_76

/** Locks that last as long as this process, on a connection of their own: of several processes exactly one serves a port. */
export interface PortLocks {
  /** False when another process has it. Throws where the database does not answer. */
  take(port: number): Promise<boolean>
  release(port: number): Promise<void>
  close(): Promise<void>
}

/** `lost` is called when the connection ends, and with it all locks; the next `take` connects again. */
export function openPortLocks(url: string, lost: () => void): PortLocks {
  let client: pg.Client | null = null

  const connected = async (): Promise<pg.Client> => {
    if (client) return client
    const fresh = new pg.Client({ connectionString: url, application_name: 'aliquot-devices', keepAlive: true, connectionTimeoutMillis: 5000, query_timeout: 10_000 })
    fresh.on('error', () => {})
    await fresh.connect()
    fresh.once('end', () => {
      if (client !== fresh) return
      client = null
      lost()
    })
    return (client = fresh)
  }

  return {
    async take(port) {
      const { rows } = await (await connected()).query<{ taken: boolean }>('select pg_try_advisory_lock($1, $2) as taken', [lockClass, port])
      return rows[0]?.taken ?? false
    },
    async release(port) {
      await client?.query('select pg_advisory_unlock($1, $2)', [lockClass, port])
    },
    async close() {
      const open = client
      client = null
      await open?.end()
    },
  }
}
