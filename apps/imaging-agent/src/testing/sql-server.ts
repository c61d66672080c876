import { createServer, type AddressInfo, type Socket } from 'node:net'
import type { DatabaseSync } from 'node:sqlite'
import { errorAnswer, loginAnswer, messagesOf, nothingAnswer, packetsOf, preloginAnswer, readBatch, readCall, readLogin, rowsAnswer, type Call,
  type Column, type ColumnKind, type Login } from './tds.ts'

const [batch, call, login, prelogin] = [1, 3, 16, 18]

export interface SqlServer {
  port: number
  /** every statement that came, in order */
  statements: string[]
  logins: Login[]
  close(): Promise<void>
}

/**
 * A server that speaks enough TDS for one login and reads a database of SQLite; unencrypted. No real SQL Server was at hand: this shows the client's
 * side only.
 */
export async function openSqlServer(database: DatabaseSync, user: string, password: string): Promise<SqlServer> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    socket.on('data', messagesOf(({ type, data }) => {
      if (type === prelogin) socket.write(packetsOf(preloginAnswer()))
      else if (type === login) {
        const asked = readLogin(data)
        served.logins.push(asked)
        const ok = asked.user === user && asked.password === password
        socket.write(packetsOf(ok ? loginAnswer(asked.database) : errorAnswer(18_456, `Login failed for user '${asked.user}'.`)))
      } else if (type === batch || type === call) socket.write(packetsOf(answer(type === call ? readCall(data) : readBatch(data))))
    }))
  })
  const answer = ({ sql, parameters }: Call): Buffer => {
    if (/^\s*set\b/i.test(sql)) return nothingAnswer()
    served.statements.push(sql)
    try {
      const statement = database.prepare(sql)
      const columns = statement.columns().map(({ name, type }): Column => ({ name, kind: kindOf(type) }))
      const rows = statement.all(Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, value])))
      return rowsAnswer(columns, rows.map((row) => columns.map(({ name }) => row[name])))
    } catch (error) {
      return errorAnswer(208, `Invalid object name: ${(error as Error).message}`)
    }
  }
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const served: SqlServer = {
    port: (server.address() as AddressInfo).port, statements: [], logins: [],
    close: () => new Promise((resolve) => {
      for (const socket of sockets) socket.destroy()
      server.close(() => resolve())
    }),
  }
  return served
}

const kindOf = (type: string | null): ColumnKind => (({ INTEGER: 'int', BIT: 'bit', DATETIME: 'datetime' } as const)[(type
  ?? 'INTEGER').toUpperCase()] ?? 'nvarchar')
