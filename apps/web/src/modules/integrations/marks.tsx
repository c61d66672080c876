import type { PartnerEvent, Partner } from '@aliquot/contracts'
import { IconBan, IconCheck, IconClock, IconPlugConnected, IconPlugConnectedX, IconPlugX, IconRefresh, IconX, type Icon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Tone } from '../../theme/tones.ts'
import { ToneBadge } from '../../ui/index.ts'

type Look = { tone: Tone; icon: Icon }

export type Health = 'off' | 'open' | 'trying' | 'failing' | 'well' | 'new'
/** A partner in one word, the gravest first. */
export const healthOf = ({ disabled, health }: Partner): Health => (disabled ? 'off' : health.circuit === 'open' ? 'open' : health.circuit === 'trying' ? 'trying'
  : health.failures > 0 ? 'failing' : health.lastSuccessAt === null ? 'new' : 'well')

const healthLooks: Record<Health, Look> = {
  off: { tone: 'neutral', icon: IconBan }, open: { tone: 'red', icon: IconPlugConnectedX }, trying: { tone: 'amber', icon: IconRefresh },
  failing: { tone: 'amber', icon: IconPlugX }, well: { tone: 'green', icon: IconPlugConnected }, new: { tone: 'blue', icon: IconClock },
}
const deliveryLooks: Record<PartnerEvent['state'], Look> = {
  pending: { tone: 'blue', icon: IconClock }, delivered: { tone: 'green', icon: IconCheck }, failed: { tone: 'red', icon: IconX }, dropped: { tone: 'neutral', icon: IconBan },
}

export function HealthMark({ partner }: { partner: Partner }) {
  const { t } = useTranslation('integrations')
  const health = healthOf(partner)
  const look = healthLooks[health]
  return <ToneBadge tone={look.tone} icon={<look.icon size={13} aria-hidden />} note={t(`health_about.${health}`)}>{t(`health.${health}`)}</ToneBadge>
}

export function DeliveryMark({ state }: { state: PartnerEvent['state'] }) {
  const { t } = useTranslation('integrations')
  const look = deliveryLooks[state]
  return <ToneBadge tone={look.tone} icon={<look.icon size={13} aria-hidden />}>{t(`state.${state}`)}</ToneBadge>
}
