export { GapBadge, GapList } from './gap-badge.tsx'
export { useFocusedField } from './use-focused-field.ts'
export { PlaceholderBar } from './placeholders/placeholder-bar.tsx'
