import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { settingNames, type SettingName } from './setting-list.ts'

type Stored = Partial<Record<SettingName, string>>

const pathIn = (folder: string) => join(folder, 'settings.json')

/** What the page saved before; members that are no settings are left out. Throws when the file is not one of settings. */
export function readSettingsFile(folder: string): Stored {
  let text: string
  try {
    text = readFileSync(pathIn(folder), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
  const parsed = parse(text)
  if (typeof parsed !== 'object'
    || parsed === null) throw new Error(`${pathIn(folder)} is not a file of settings. Correct it, or remove it to begin anew.`)
  const members = parsed as Record<string, unknown>
  return Object.fromEntries(settingNames.flatMap((name) => (typeof members[name] === 'string' ? [[name, members[name]]] : [])))
}

/** Readable by this user alone: secrets are in it. It is replaced as a whole, so a crash leaves the old or the new one. */
export function writeSettingsFile(folder: string, stored: Stored): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const part = `${pathIn(folder)}.part`
  writeFileSync(part, `${JSON.stringify(stored, null, 2)}\n`, { mode: 0o600 })
  renameSync(part, pathIn(folder))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
