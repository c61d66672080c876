import type { ComponentType } from 'react'
import type { Command, HomeWidget, Manifest, NavigationEntry, SectionsEntryProps } from '../platform/manifest.ts'
import { modules } from '../modules.ts'
import { useSession } from '../platform/session.ts'

const all: readonly Manifest[] = modules

/** What fills reports of sections, if a module has it. */
export const sectionsEntry = (): ComponentType<SectionsEntryProps> | undefined => all.find((module) => module.sectionsEntry)?.sectionsEntry

export interface Contributions {
  navigation: readonly NavigationEntry[]
  commands: readonly Command[]
  widgets: readonly HomeWidget[]
}

/** What the modules add to the shell, without what this person may not use. */
export function useContributions(): Contributions {
  const { can } = useSession()
  const allowed = <T extends { permission?: NavigationEntry['permission'] }>(entries: readonly T[]) =>
    entries.filter(({ permission }) => permission === undefined || can(permission))
  const byOrder = (a: { order: number }, b: { order: number }) => a.order - b.order
  const bySection = (a: NavigationEntry, b: NavigationEntry) => b.section.localeCompare(a.section) || byOrder(a, b)
  return {
    navigation: allowed(all.flatMap((module) => module.navigation ?? [])).sort(bySection),
    commands: allowed(all.flatMap((module) => module.commands ?? [])),
    widgets: allowed(all.flatMap((module) => module.homeWidgets ?? [])).sort(byOrder),
  }
}
