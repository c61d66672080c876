import sql from 'mssql'
import type { SqlSettings } from '../config/settings.ts'
import { Away } from '../run/away.ts'
import { queries } from './queries.ts'
import { imageOf, ownerOf, patientOf } from './rows.ts'
import type { Source } from './source.ts'

type Row = Record<string, unknown>

/** The practice's SQL Server. Nothing but the statements of queries.ts is ever sent. */
export async function openSqlServer(settings: SqlSettings): Promise<Source> {
  const { host, port, instance, database, user, password, encrypt, trustCertificate, readOnly } = settings
  let plain = false
  const pool = new sql.ConnectionPool({
    // The driver goes on without encryption where the server says that it has none: such a connection is not used.
    beforeConnect: (connection) => {
      let secured = false
      connection.on('secure', () => { secured = true })
      connection.on('connect', () => { plain ||= !secured })
    },
    server: host, database, user, password, ...(port && { port }), connectionTimeout: 15_000, requestTimeout: 60_000, pool: { max: 2, min: 0 },
    options: { encrypt, trustServerCertificate: trustCertificate, readOnlyIntent: readOnly, appName: 'aliquot-imaging-agent',
      ...(instance && !port && { instanceName: instance }) },
  })
  pool.on('error', () => undefined)
  await pool.connect().catch((error: unknown) => { throw away(error, settings) })

  const expectEncrypted = async () => {
    if (!encrypt || !plain) return
    await pool.close()
    throw new Away('database', `${host} does not encrypt the connection. Let it, or switch encryption off where nobody else is on the line.`)
  }
  await expectEncrypted()

  const ask = async (query: string, parameters: readonly (number | string)[] = []): Promise<Row[]> => {
    await expectEncrypted()
    const request = pool.request()
    parameters.forEach((value, at) => request.input(`p${at}`, typeof value === 'number' ? sql.Int : sql.NVarChar(64), value))
    const { recordset } = await request.query<Row>(query).catch((error: unknown) => { throw away(error, settings) })
    return recordset
  }
  const list = async <T>(query: (count: number) => string, ids: readonly (number | string)[], read: (row: Row) => T): Promise<T[]> =>
    (ids.length === 0 ? [] : (await ask(query(ids.length), ids)).map(read))
  const count = async (query: string): Promise<number> => Number((await ask(query))[0]?.n)

  return {
    patients: (ids) => list(queries.patients, ids, patientOf),
    images: (ids) => list(queries.images, ids, imageOf),
    cardOwners: (cardIds) => list(queries.cardOwners, cardIds, ownerOf),
    count: async () => ({ patients: await count(queries.countPatients), withCard: await count(queries.countCards),
      images: await count(queries.countImages) }),
    close: () => pool.close(),
  }
}

const advice: Record<string, string> = {
  ELOGIN: 'The SQL Server refuses this user and password, or this user may not open the database.',
  EINSTLOOKUP: 'The instance was not found: is SQL Server Browser running (UDP 1434)? Or give the port.',
  ETIMEOUT: 'The SQL Server does not answer: is TCP/IP enabled for it, and does the firewall let this machine in?',
  ESOCKET: 'The SQL Server cannot be reached: check server, port and firewall, and whether it can encrypt.',
}

/** Always `Away`: what is wrong with a database is put right there, and then work goes on. */
const away = (error: unknown, { host, user, database }: SqlSettings): Away => {
  const { code = '', message, number } = error as Error & { code?: string; number?: number }
  if (number === 208 || number === 207) return new Away('database', `This is not a Sidexis 4 database: ${message}`)
  if (number === 229 || number === 230) return new Away('database', `${user} may not read: ${message}`)
  return new Away('database', `${advice[code] ?? 'The SQL Server did not do what was asked.'} (${database} on ${host}: ${message})`)
}
