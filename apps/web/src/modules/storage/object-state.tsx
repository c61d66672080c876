import type { LedgerEntry, ObjectState } from '@aliquot/contracts'
import {
  IconCircleDashed, IconFileCheck, IconFileSearch, IconPaperclip, IconReplace, IconTrash, IconAlertTriangle, IconLink, type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Tone } from '../../theme/tones.ts'
import { ToneBadge } from '../../ui/index.ts'

export const stateLooks: Record<ObjectState, { icon: Icon; tone: Tone }> = {
  reserved: { icon: IconCircleDashed, tone: 'neutral' },
  uploaded: { icon: IconFileSearch, tone: 'blue' },
  verified: { icon: IconFileCheck, tone: 'teal' },
  attached: { icon: IconPaperclip, tone: 'green' },
  superseded: { icon: IconReplace, tone: 'violet' },
  removed: { icon: IconTrash, tone: 'neutral' },
}

/** The state of a file; of an upload, also whether it was refused or its check is in trouble. */
export function StateBadge({ entry: { state, refusedBecause, checkTrouble, claimed } }: { entry: LedgerEntry }) {
  const { t } = useTranslation('storage')
  if (state === 'uploaded' && refusedBecause !== null) {
    return <ToneBadge tone="red" icon={<IconAlertTriangle size={13} aria-hidden />} note={refusedBecause}>{t('refused')}</ToneBadge>
  }
  if (state === 'uploaded' && checkTrouble !== null) {
    return <ToneBadge tone="amber" icon={<IconAlertTriangle size={13} aria-hidden />} note={checkTrouble}>{t('trouble')}</ToneBadge>
  }
  const { icon, tone } = stateLooks[state]
  const awaited = claimed && state === 'uploaded'
  const StateIcon = awaited ? IconLink : icon
  return (
    <ToneBadge
      tone={tone} icon={<StateIcon size={13} aria-hidden />} struck={state === 'removed'}
      note={t(awaited ? 'claimed' : `state_note.${state}`)}
    >
      {t(state === 'uploaded' ? 'checking' : `state.${state}`)}
    </ToneBadge>
  )
}
