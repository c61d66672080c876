import { getObject, type StoredObject } from '@aliquot/contracts'
import { IconAlertTriangle, IconFileSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useRouteQuery } from '../platform/queries.ts'
import { ToneBadge } from './marks.tsx'

/** Says that a stored file is still being checked, or was refused and why; nothing once it may be used. */
export function ObjectCheck({ object }: { object: Pick<StoredObject, 'state' | 'refusedBecause'> }) {
  const { t } = useTranslation('ui')
  if (object.refusedBecause !== null) {
    return <ToneBadge tone="red" icon={<IconAlertTriangle size={13} aria-hidden />} note={object.refusedBecause}>{t('object.refused')}</ToneBadge>
  }
  if (object.state !== 'uploaded') return null
  return <ToneBadge tone="blue" icon={<IconFileSearch size={13} aria-hidden />} note={t('object.checking_text')}>{t('object.checking')}</ToneBadge>
}

/** The same of a file of which only the id is known. */
export function ObjectCheckOf({ objectId }: { objectId: number }) {
  const { data } = useRouteQuery(getObject, { params: { objectId } }, { live: [`object:${objectId}`] })
  return data ? <ObjectCheck object={data} /> : null
}
