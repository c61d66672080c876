import { usualAstm } from './usual.ts'

/** Any analyser that keeps to ASTM E1394 (LIS02). Its codes are mapped as they come. Source: the standard. */
export const genericAstm = usualAstm
