import { billing } from './modules/billing/module.ts'
import { catalog } from './modules/catalog/module.ts'
import { communications } from './modules/communications/module.ts'
import { devices } from './modules/devices/module.ts'
import { imaging } from './modules/imaging/module.ts'
import { integrations } from './modules/integrations/module.ts'
import { labs } from './modules/labs/module.ts'
import { molecular } from './modules/molecular/module.ts'
import { missingDetails } from './modules/missing-details/module.ts'
import { patients } from './modules/patients/module.ts'
import { reports } from './modules/reports/module.ts'
import { storage } from './modules/storage/module.ts'
import { core } from './core.ts'
import type { Module } from './platform/module/index.ts'

/** Every module of the system, listed by hand so that "go to definition" works. */
export const modules: readonly Module[] = [
  core, labs, catalog, storage, missingDetails, patients, reports, billing, molecular, devices, communications, integrations, imaging,
]
