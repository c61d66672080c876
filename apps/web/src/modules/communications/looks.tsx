import type { DeliveryReason, DeliveryState, MessageChannel } from '@aliquot/contracts'
import { IconAlertTriangle, IconBrandWhatsapp, IconBan, IconCheck, IconChecks, IconHourglassEmpty, IconMail, IconMessage, IconSend, IconX, type Icon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Tone } from '../../theme/tones.ts'
import { ToneBadge } from '../../ui/index.ts'

const states: Record<DeliveryState, { tone: Tone; icon: Icon }> = {
  pending: { tone: 'neutral', icon: IconHourglassEmpty }, sending: { tone: 'blue', icon: IconSend }, sent: { tone: 'teal', icon: IconCheck },
  delivered: { tone: 'green', icon: IconChecks }, failed: { tone: 'red', icon: IconX }, dead: { tone: 'red', icon: IconAlertTriangle },
  skipped: { tone: 'neutral', icon: IconBan },
}

export function StateMark({ state, reason }: { state: DeliveryState; reason?: DeliveryReason | null }) {
  const { t } = useTranslation('communications')
  const { tone, icon: StateIcon } = states[state]
  return <ToneBadge tone={tone} icon={<StateIcon size={13} stroke={2} aria-hidden />} note={reason ? t(`reason.${reason}`) : undefined}>{t(`state.${state}`)}</ToneBadge>
}

const channels: Record<MessageChannel, Icon> = { sms: IconMessage, whatsapp: IconBrandWhatsapp, email: IconMail }

export function ChannelMark({ channel }: { channel: MessageChannel }) {
  const { t } = useTranslation('communications')
  const ChannelIcon = channels[channel]
  return <span style={{ display: 'inline-flex', alignItems: 'center', gap: 6, verticalAlign: 'bottom' }}><ChannelIcon size={15} stroke={1.8} aria-hidden /> {t(`channel.${channel}`)}</span>
}
