import { checkValues } from '../config/check-values.ts'
import type { Given } from '../config/read-values.ts'
import { connections, tryPart } from '../try-out/try-part.ts'

/** Prints what each connection says; the exit code is 1 where one does not work. */
export async function tryConnections({ data, values }: Given): Promise<void> {
  checkValues(data, values)
  for (const part of connections) {
    const { ok, says } = await tryPart(part, data, values)
    process.stdout.write(`${ok ? 'ok    ' : 'FAILED'}  ${part.padEnd(8)}  ${says}\n`)
    if (!ok) process.exitCode = 1
  }
}
