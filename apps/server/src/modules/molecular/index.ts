export { mastersOf } from './masters.ts'
