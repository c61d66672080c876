// Answers every message at once and stores nothing: what ours is compared with.
const name = '@medplum/hl7'
const { Hl7Server } = await import(name)

interface Connection {
  addEventListener(event: 'message', listener: (event: { message: { buildAck(): unknown } }) => void): void
  send(message: unknown): void
}

const server = new Hl7Server((connection: Connection) => connection.addEventListener('message', ({ message }) => connection.send(message.buildAck())))
await server.start(Number(process.argv[2]))
console.log('listening')
