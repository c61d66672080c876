import type { Origin } from '../config/read-values.ts'
import type { Part, SettingKind, SettingName } from '../config/setting-list.ts'

/** What the page and its server say to each other. */
export interface FieldView {
  name: SettingName
  part: Part
  kind: SettingKind
  label: string
  help: string
  choices: readonly string[]
  when: readonly [string, string] | null
  fallback: string
  /** '' for a secret, whatever it is */
  value: string
  isSet: boolean
  origin: Origin
  /** what a flag or the environment says cannot be changed on the page */
  isLocked: boolean
}

export interface ProblemView { name: SettingName; says: string }
export interface SettingsView { fields: FieldView[]; problems: ProblemView[]; data: string }
export interface TryView { ok: boolean; says: string; problems: ProblemView[] }

export interface ProgressView {
  /** elsewhere: the service, or another page, works with this folder */
  runs: 'here' | 'elsewhere' | 'no'
  phase: 'connecting' | 'looking' | 'sending' | 'waiting' | 'stopped'
  trouble: { part: string; says: string; until: number } | null
  /** why the last run ended by itself */
  failure: string | null
  sent: { images: number; bytes: number; since: number }
  lastLook: number | null
  counts: { waiting: number; arriving: number; filed: number; telling: number; setAside: number }
  reasons: { reason: string; title: string; advice: string; count: number }[]
}

export interface SkippedView { rows: { file: string; title: string; advice: string; detail: string; at: number }[]; next: string | null }
