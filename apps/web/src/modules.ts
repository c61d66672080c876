import { account } from './modules/account/module.tsx'
import { activity } from './modules/activity/module.tsx'
import { catalog } from './modules/catalog/module.tsx'
import { communications } from './modules/communications/module.tsx'
import { devices } from './modules/devices/module.tsx'
import { imaging } from './modules/imaging/module.tsx'
import { integrations } from './modules/integrations/module.tsx'
import { labs } from './modules/labs/module.tsx'
import { home } from './modules/home/module.tsx'
import { molecular } from './modules/molecular/module.tsx'
import { reports } from './modules/reports/module.tsx'
import { missingDetails } from './modules/missing-details/module.tsx'
import { patients } from './modules/patients/module.tsx'
import { billing } from './modules/billing/module.tsx'
import { storage } from './modules/storage/module.tsx'
import type { Manifest } from './platform/manifest.ts'

/** Every module of the web, in no particular order: what each shows and where is in its manifest. */
export const modules = [
  home, catalog, labs, activity, reports, missingDetails, patients, billing, devices, molecular, communications, integrations, imaging, storage, account,
] as const satisfies readonly Manifest[]
