import type { Instrument } from '@aliquot/contracts'
import { useTranslation } from 'react-i18next'
import { troubleKind } from './live-state.ts'

/** What is wrong with an instrument's line, in words where they are known. */
export function useTroubleWords() {
  const { t } = useTranslation('devices')
  return ({ live: { trouble }, port }: Pick<Instrument, 'live' | 'port'>): string | null => {
    const kind = trouble === null ? null : troubleKind(trouble)
    return kind ? t(`live_about.${kind}`, { port }) : trouble
  }
}
