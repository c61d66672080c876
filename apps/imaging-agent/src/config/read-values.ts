import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { readSettingsFile } from './settings-file.ts'
import { ruleOf, settingNames, variableOf, type SettingName, type Values } from './setting-list.ts'

export type Origin = 'flag' | 'environment' | 'file' | 'default'

/** Settings as they were written, with where each was found; nothing is judged yet. */
export interface Given {
  /** Absolute: settings, state and lock of this agent. */
  data: string
  values: Values
  origins: Record<SettingName, Origin>
}

type Flags = Partial<Record<SettingName, string>>

/** Flags come before the environment, that before the file `settings.json` of the data folder. Throws when a named file cannot be read. */
export function readValues(data: string, flags: Flags, env: NodeJS.ProcessEnv): Given {
  const folder = resolve(data)
  const file = readSettingsFile(folder)
  const values = {} as Values
  const origins = {} as Record<SettingName, Origin>
  for (const name of settingNames) {
    const found = ([['flag', flags[name]], ['environment', fromEnvironment(name, env)], ['file', file[name]]] as const)
      .find(([, value]) => value !== undefined && value !== '')
    const [origin, value] = found ?? ['default', ruleOf(name).fallback ?? ''] as const
    origins[name] = origin
    values[name] = (value ?? '').trim()
  }
  return { data: folder, values, origins }
}

/** A secret may be in a file of its own, which `…_FILE` names: so systemd and containers hand them over. */
function fromEnvironment(name: SettingName, env: NodeJS.ProcessEnv): string | undefined {
  const variable = variableOf(name)
  const file = ruleOf(name).kind === 'secret' ? env[`${variable}_FILE`] : undefined
  if (env[variable] || !file) return env[variable]
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    throw new Error(`${variable}_FILE cannot be read: ${(error as Error).message}`, { cause: error })
  }
}
