export { createPartner } from './write-partner.ts'
