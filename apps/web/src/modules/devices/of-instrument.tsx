import type { Instrument } from '@aliquot/contracts'
import { Button, Loader } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState, ErrorState } from '../../ui/index.ts'
import { useInstrument } from './use-instrument.ts'

/** A page about the instrument of the address: its content once it is there, or why it is not. */
export function OfInstrument({ children }: { children: (instrument: Instrument) => ReactNode }) {
  const { t } = useTranslation('devices')
  const { source, instrument } = useInstrument()
  if (instrument) return children(instrument)
  if (source.status === 'failed' && source.problem) return <ErrorState problem={source.problem} onRetry={source.retry} />
  if (instrument === undefined) return <Loader m="xl" aria-label={t('loading')} />
  return <EmptyState title={t('instrument.gone')}><Button component={Link} to="/instruments" variant="default">{t('title')}</Button></EmptyState>
}
