import type { Module } from '#platform/module'
import { isolateActions, isolateJobs, isolateSubscriptions } from './antibiogram/manifest.ts'
import { entryActions } from './entry-manifest.ts'
import './errors.ts'
import { antibiogramRoutes } from './routes-antibiogram.ts'
import { patientMerge } from './merge-patient.ts'
import { entryRoutes } from './routes-entry.ts'
import { routes } from './routes.ts'

export const molecular: Module = {
  name: 'molecular',
  routes: [...routes, ...entryRoutes, ...antibiogramRoutes],
  actions: {
    'molecular.antibiotic_created': { category: 432, subject: 'antibiotic', says: 'Added the antibiotic {name}' },
    'molecular.antibiotic_updated': { category: 433, subject: 'antibiotic', says: 'Changed the antibiotic {name}: {fields}' },
    'molecular.antibiotic_enabled': { category: 434, subject: 'antibiotic', says: 'Enabled the antibiotic {name}' },
    'molecular.antibiotic_disabled': { category: 435, subject: 'antibiotic', says: 'Disabled the antibiotic {name}' },
    'molecular.organism_created': { category: 436, subject: 'organism', says: 'Added the organism {name}' },
    'molecular.organism_updated': { category: 437, subject: 'organism', says: 'Changed the organism {name}: {fields}' },
    'molecular.organism_enabled': { category: 438, subject: 'organism', says: 'Enabled the organism {name}' },
    'molecular.organism_disabled': { category: 439, subject: 'organism', says: 'Disabled the organism {name}' },
    'molecular.gene_created': { category: 537, subject: 'gene', says: 'Added the gene {name}' },
    'molecular.gene_updated': { category: 538, subject: 'gene', says: 'Changed the gene {name}: {fields}' },
    'molecular.gene_enabled': { category: 539, subject: 'gene', says: 'Enabled the gene {name}' },
    'molecular.gene_disabled': { category: 540, subject: 'gene', says: 'Disabled the gene {name}' },
    'molecular.targets_mapped': { category: 1700, subject: 'target_mapping', says: 'Said what codes of an instrument mean: {codes}' },
    'molecular.targets_unmapped': { category: 1701, subject: 'target_mapping', says: 'Removed what codes of an instrument mean: {codes}' },
    ...entryActions,
    ...isolateActions,
  },
  jobs: isolateJobs,
  subscriptions: isolateSubscriptions,
  merges: { patient: patientMerge },
  constraints: {
    gene_name: { code: 'platform.already_exists', path: '/name' },
    antibiotic_name: { code: 'platform.already_exists', path: '/name' },
    organism_name: { code: 'platform.already_exists', path: '/name' },
  },
}
