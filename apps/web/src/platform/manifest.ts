import type { Permission, Report } from '@aliquot/contracts'
import type { Icon } from '@tabler/icons-react'
import type { AnyRoute } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import type { WordKey } from '../i18n/index.ts'

export interface NavigationEntry {
  to: string
  label: WordKey
  icon: Icon
  /** `work` is what staff do all day, `manage` what is set up now and then. */
  section: 'work' | 'manage'
  /** Place within its section; smaller is higher. */
  order: number
  permission?: Permission
  /** Go-to keys, by convention `g` and a letter. */
  keys?: string
}

/** An action of the command palette, and with `quick` a button on the home page. */
export interface Command {
  id: string
  label: WordKey
  icon: Icon
  to: string
  search?: Record<string, unknown>
  permission?: Permission
  keys?: string
  quick?: boolean
}

export interface HomeWidget {
  id: string
  /** Columns of twelve. */
  span: 4 | 6 | 8 | 12
  order: number
  permission?: Permission
  component: ComponentType
}

/** What fills a report by sections: the screen of the module that knows them, within the page of the report. */
export interface SectionsEntryProps {
  report: Pick<Report, 'id' | 'version' | 'status' | 'actions' | 'sections'>
  /** Something is typed and not saved: it is neither verified nor signed meanwhile. */
  onDirty: (dirty: boolean) => void
}

/** The record whose page a module adds to: a patient, or one of their reports. */
export interface BesideProps {
  patientId: number
  reportId?: number
  /** Of the report. */
  signed?: boolean
}

export interface BesideEntry {
  permission: Permission
  component: ComponentType<BesideProps>
}

/** What one module adds to the shell. Screens are lazy: importing a manifest must stay cheap. */
export interface Manifest {
  name: string
  /** Children of frameRoute. */
  routes: readonly AnyRoute[]
  /** Children of rootRoute, without frame and session. */
  publicRoutes?: readonly AnyRoute[]
  navigation?: readonly NavigationEntry[]
  commands?: readonly Command[]
  homeWidgets?: readonly HomeWidget[]
  /** One module has it. */
  sectionsEntry?: ComponentType<SectionsEntryProps>
  /** On the pages of patients and reports, among their buttons. */
  beside?: readonly BesideEntry[]
}

/** Keeps the literal types of the routes, by which links are checked. */
export function defineModule<const M extends Manifest>(manifest: M): M {
  return manifest
}
