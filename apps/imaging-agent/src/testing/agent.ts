import { pino } from 'pino'
import { checkValues } from '../config/check-values.ts'
import { readValues } from '../config/read-values.ts'
import type { SettingName } from '../config/setting-list.ts'
import type { Settings } from '../config/settings.ts'
import { Runner } from '../run/runner.ts'
import { State, stateFile } from '../state/state.ts'

export const settingsOf = (data: string, flags: Partial<Record<SettingName, string>>): Settings => {
  const { values } = readValues(data, { source: 'csv', settleSeconds: '0', logLevel: 'silent', ...flags }, {})
  return checkValues(data, values)
}

/** One whole run, and what the state says of each file after it: `announced`, or the reason why not. */
export async function runOnce(settings: Settings): Promise<Record<string, string>> {
  const state = new State(stateFile(settings))
  try {
    await new Runner({ settings, state, log: pino({ level: settings.logLevel }), signal: new AbortController().signal, once: true }).run()
    return outcomes(state)
  } finally {
    state.close()
  }
}

export const outcomes = (state: State): Record<string, string> =>
  Object.fromEntries(state.all('select path, state, reason from image where gone = 0 order by path').map(({ path, state: at, reason }) =>
    [path, (reason ?? at) as string]))
