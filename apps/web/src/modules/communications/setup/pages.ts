export { ProvidersPage } from './providers-page.tsx'
export { RulesPage } from './rules-page.tsx'
export { TemplatesPage } from './templates-page.tsx'
export { TriggersPage } from './triggers-page.tsx'
