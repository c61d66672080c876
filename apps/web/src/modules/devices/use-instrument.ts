import { listInstruments, type Instrument } from '@aliquot/contracts'
import { useParams } from '@tanstack/react-router'
import type { RowSource } from '../../platform/index.ts'
import { useAllPages } from './use-all-pages.ts'

/** The instrument that the address names; null once all are loaded and it is not among them. A lab's instruments fit into one list. */
export function useInstrument(): { source: RowSource<Instrument>; instrument: Instrument | null | undefined } {
  const { instrumentId } = useParams({ strict: false }) as { instrumentId?: string }
  const source = useAllPages(listInstruments, { query: { limit: 200 } }, { live: ['instrument', 'message', 'result'] })
  const found = source.rows.find(({ id }) => id === Number(instrumentId))
  return { source, instrument: found ?? (source.status === 'ready' && !source.hasMore ? null : undefined) }
}
