import { day, filterSet, id, text, type Kind } from '../../platform/url-state.ts'

const recordKind: Kind<string> = { read: ([first]) => (first && /^[a-z_]{1,40}$/.test(first) ? first : undefined) }

/** Named as the log's query names them. */
export const activityFilters = filterSet({ q: text, from: day, to: day, patientId: id, reportId: id, subjectType: recordKind, subjectId: id, accountId: id, action: text, category: id })
