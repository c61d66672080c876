import type { Report } from '@aliquot/contracts'

/** A signed report gets another file by being amended. */
export const mayReplace = ({ actions, status, flags }: Pick<Report, 'actions' | 'status' | 'flags'>): boolean =>
  flags.isFile && (actions.includes('attach_file') || (status === 'signed' && actions.includes('amend')))
