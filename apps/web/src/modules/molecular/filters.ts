import { filterSet, flag, id, text } from '../../platform/url-state.ts'

export const masterFilters = filterSet({ q: text, disabled: flag })
export const matrixFilters = filterSet({ q: text, all: flag })
export const codeFilters = filterSet({ instrumentId: id })
