import type { Instrument } from '@aliquot/contracts'
import { IconAlertTriangle, IconEar, IconEarOff, IconLock, IconPlugConnected, type Icon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Tone } from '../../../theme/tones.ts'
import { ToneBadge } from '../../../ui/index.ts'
import { liveStateOf, type LiveState } from './live-state.ts'

const looks: Record<LiveState, { tone: Tone; icon: Icon }> = {
  connected: { tone: 'green', icon: IconPlugConnected },
  listening: { tone: 'blue', icon: IconEar },
  deaf: { tone: 'orange', icon: IconEarOff },
  trouble: { tone: 'red', icon: IconAlertTriangle },
  disabled: { tone: 'neutral', icon: IconLock },
}

export function LiveMark({ instrument }: { instrument: Pick<Instrument, 'disabled' | 'live' | 'port'> }) {
  const { t } = useTranslation('devices')
  const state = liveStateOf(instrument)
  const look = looks[state]
  return (
    <ToneBadge tone={look.tone} icon={<look.icon size={13} aria-hidden />} note={t(`live_about.${state}`, { port: instrument.port })}>
      {t(`live.${state}`)}
    </ToneBadge>
  )
}
