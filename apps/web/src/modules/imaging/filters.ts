import { ImageKind, SetAsideReason } from '@aliquot/contracts'
import { filterSet, flag, id, manyOf, oneOf, text } from '../../platform/url-state.ts'

export const galleryFilters = filterSet({ kind: manyOf(ImageKind.enum) })
/** Whom the image is compared with. */
export const viewerSearch = filterSet({ with: id })
export const asideFilters = filterSet({ q: text, reason: oneOf(SetAsideReason.enum), clinicId: id })
export const clinicFilters = filterSet({ disabled: flag })
export const cardFilters = filterSet({ q: text, clinicId: id, conflicts: flag })
