import type { DentalImage } from '@aliquot/contracts'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { RowSource } from '../../../platform/index.ts'
import { nameOf } from './pane.tsx'
import classes from './viewer.module.css'

interface StripProps { source: RowSource<DentalImage>; current: number; beside: number | null; onShow: (id: number) => void }

/** All images of the patient, small: one click shows it in the active pane. */
export function Strip({ source, current, beside, onShow }: StripProps) {
  const { t } = useTranslation('imaging')
  const here = useRef<HTMLButtonElement>(null)
  useEffect(() => here.current?.scrollIntoView({ block: 'nearest', inline: 'center' }), [current])
  if (source.rows.length < 2) return null
  return (
    <nav className={classes.strip} aria-label={t('viewer.all')}>
      {source.rows.map((image) => (
        <button
          key={image.id} type="button" className={classes.thumb} ref={image.id === current ? here : null} aria-label={nameOf(image)} title={nameOf(image)}
          aria-current={image.id === current} data-beside={image.id === beside || undefined} onClick={() => onShow(image.id)}
        >
          {image.thumbnail && <img src={image.thumbnail} alt="" loading="lazy" draggable={false} />}
        </button>
      ))}
    </nav>
  )
}
