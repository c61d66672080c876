/** What a page needs of the package: it is given values that were decoded already, so no codec comes along. */
export { displayLut, suggested } from './display.ts'
