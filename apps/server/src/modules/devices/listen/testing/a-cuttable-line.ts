import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface CuttableLine {
  /** The same address by way of the line. */
  url: string
  /** Ends all connections and takes no new ones. */
  cut(): Promise<void>
  mend(): Promise<void>
}

/** A line to the database that can be cut: what a listener sees when the database is down. */
export async function cuttableLine(url: string): Promise<CuttableLine> {
  const target = new URL(url)
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', () => {}).on('close', () => {
        open.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    near.pipe(far).pipe(near)
  })
  const listen = (port: number): Promise<void> => new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
  await listen(0)
  const { port } = server.address() as AddressInfo
  const through = new URL(url)
  through.port = String(port)
  return {
    url: through.href,
    cut: () => new Promise((resolve) => {
      server.close(() => resolve())
      for (const socket of open) socket.destroy()
    }),
    mend: () => listen(port),
  }
}
