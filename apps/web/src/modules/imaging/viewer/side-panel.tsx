import type { DentalImageDetail } from '@aliquot/contracts'
import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../platform/index.ts'
import { DateTime } from '../../../ui/index.ts'
import { teethText } from '../gallery/mouth.ts'
import classes from './viewer.module.css'

/** What the file says: the usual facts first, then every element. */
export function SidePanel({ image }: { image: DentalImageDetail }) {
  const { t } = useTranslation('imaging')
  const { bytes, day } = useFormat()
  const [q, setQ] = useState('')
  const { header } = image
  const facts: [string, React.ReactNode][] = [
    [t('fact.in_file'), [header.patientName, header.birthDate && day(header.birthDate), header.patientId].filter(Boolean).join(' · ') || '–'],
    [t('fact.kind'), [image.kind && t(`kind.${image.kind}`), image.modality].filter(Boolean).join(' · ')],
    [t('fact.teeth'), teethText(image.teeth)], [t('fact.region'), image.region], [t('fact.device'), header.device],
    [t('fact.clinic'), [image.clinic?.name, image.clinicImageId && t('fact.number', { number: image.clinicImageId })].filter(Boolean).join(' · ')],
    [t('fact.file'), [bytes(image.size), header.transferSyntax, header.lossy ? t('viewer.lossy') : ''].filter(Boolean).join(' · ')],
    [t('fact.came'), <DateTime key="came" at={image.foundAt} />],
    [t('fact.decided'), image.decided && `${image.decided.by.name}: ${image.decided.reason}`],
  ]
  const wanted = q.trim().toLowerCase()
  const tags = image.tags.filter(({ tag, name, value }) => wanted === '' || `${tag} ${name} ${value}`.toLowerCase().includes(wanted))
  return (
    <aside className={classes.side} aria-label={t('viewer.tags')}>
      <h2>{t('fact.title')}</h2>
      <dl className={classes.facts}>
        {facts.filter(([, value]) => value).map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}
      </dl>
      <h2>{t('fact.tags', { count: image.tags.length })}</h2>
      <div className={classes.search}>
        <TextInput size="xs" aria-label={t('fact.find')} placeholder={t('fact.find')} leftSection={<IconSearch size={14} />} value={q} onChange={(event) => setQ(event.currentTarget.value)} />
      </div>
      <ul className={classes.tags}>
        {tags.map(({ tag, name, value, depth }, at) => (
          <li key={at} style={{ paddingLeft: depth * 12 }}>
            <div className={classes.tagName}><span>{name}</span> <code>{tag}</code></div>
            {value || '–'}
          </li>
        ))}
      </ul>
    </aside>
  )
}
