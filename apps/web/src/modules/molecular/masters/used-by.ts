import { useTranslation } from 'react-i18next'

type Counted = 'genes' | 'organisms' | 'resistance_tables' | 'antibiotics' | 'instruments'

/** "3 genes, 12 organisms" of what is not zero. */
export function useCounts(): (counts: Partial<Record<Counted, number>>) => string {
  const { t } = useTranslation('molecular')
  return (counts) => (Object.entries(counts) as [Counted, number][]).filter(([, count]) => count > 0).map(([what, count]) => t(what, { count })).join(', ')
}
