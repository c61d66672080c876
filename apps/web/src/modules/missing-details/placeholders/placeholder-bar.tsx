import type { MissingDetailsConfig, MissingFieldModule } from '@aliquot/contracts'
import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyHint } from '../../../ui/index.ts'
import classes from '../missing-details.module.css'
import { inputOf } from '../use-focused-field.ts'
import { useOffers } from './use-offers.ts'

interface PlaceholderBarProps {
  module: MissingFieldModule
  isEmpty: (fieldName: string) => boolean
  put: (offer: MissingDetailsConfig) => void
}

/**
 * Offers the lab's placeholders for what is still empty: a button for each, Alt+M in a field, Alt+Shift+M for all. Nothing where the lab watches no
 * field of this form.
 */
export function PlaceholderBar({ module, isEmpty, put }: PlaceholderBarProps) {
  const { t } = useTranslation('missing-details')
  const offers = useOffers(module)
  const open = offers.filter(({ fieldName }) => isEmpty(fieldName))
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== 'KeyM' || offers.length === 0) return
      const path = document.activeElement?.closest('[data-path]')?.getAttribute('data-path')?.split('.')[0]
      const chosen = event.shiftKey ? open : offers.filter(({ fieldName }) => inputOf(fieldName).split('.')[0] === path)
      if (chosen.length === 0) return
      event.preventDefault()
      chosen.forEach(put)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  })
  if (open.length === 0) return null
  return (
    <div className={classes.offer} role="group" aria-label={t('placeholders.title')}>
      <span className={classes.offerTitle}>{t('placeholders.title')}</span>
      {open.map((offer) => (
        <Button
          key={offer.id} size="compact-xs" variant="default" title={`${t('placeholders.one', { field: offer.label })}: ${offer.fieldValue}`}
          onClick={() => put(offer)}
        >
          {offer.label}
        </Button>
      ))}
      <span className={classes.offerKeys}>
        <KeyHint keys="alt+m" /> <span className={classes.quiet}>{t('placeholders.key')}</span>
        <Button size="compact-xs" variant="light" rightSection={<KeyHint keys="alt+shift+m" />} onClick={() => open.forEach(put)}>
          {t('placeholders.all')}
        </Button>
      </span>
    </div>
  )
}
