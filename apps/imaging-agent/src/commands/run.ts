import { pino } from 'pino'
import { checkValues } from '../config/check-values.ts'
import type { Given } from '../config/read-values.ts'
import { countsOf } from '../state/images.ts'
import { takeLock } from '../state/lock.ts'
import { State, stateFile } from '../state/state.ts'
import { Runner } from '../run/runner.ts'

/** Runs until SIGTERM or SIGINT: what is being sent is finished first; a second signal does not wait. */
export async function runUnattended({ data, values }: Given, once: boolean): Promise<void> {
  const settings = checkValues(data, values)
  const log = pino({ level: settings.logLevel, base: null })
  const lock = takeLock(data)
  if (!lock) throw new Error(`Another agent works with ${data}: stop it first, or look at it with "screen".`, { cause: 'locked' })
  const state = new State(stateFile(settings))
  const stop = new AbortController()
  const onSignal = () => {
    if (stop.signal.aborted) process.exit(1)
    log.info('stopping')
    stop.abort()
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
  try {
    log.info({ pdata: settings.pdata, clinicId: settings.clinicId, data }, 'the imaging agent works')
    await new Runner({ settings, state, log, signal: stop.signal, once }).run()
    log.info(countsOf(state), 'the imaging agent ends')
  } finally {
    state.close()
    lock.release()
    process.off('SIGTERM', onSignal)
    process.off('SIGINT', onSignal)
  }
}
