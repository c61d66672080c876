export { installTemplates } from './install-templates.ts'
export { updateMessageSettings } from './settings.ts'
