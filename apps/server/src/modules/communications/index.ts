export { createTrigger } from './triggers.ts'
export { installTemplates } from './install-templates.ts'
export { setConsent } from './consent.ts'
export { updateMessageSettings } from './settings.ts'
