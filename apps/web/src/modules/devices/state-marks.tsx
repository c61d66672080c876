import type { DeviceResult, MessageEntry, QcLot, QcPoint } from '@aliquot/contracts'
import { useTranslation } from 'react-i18next'
import { ToneBadge } from '../../ui/index.ts'
import { lotLooks, messageLooks, resultLooks, verdictLooks } from './looks.ts'

export function ResultMark({ state }: { state: DeviceResult['state'] }) {
  const { t } = useTranslation('devices')
  const look = resultLooks[state]
  return (
    <ToneBadge tone={look.tone} icon={<look.icon size={13} aria-hidden />} note={t(`result_about.${state}`)}>{t(`result_state.${state}`)}</ToneBadge>
  )
}

export function MessageMark({ state }: { state: MessageEntry['state'] }) {
  const { t } = useTranslation('devices')
  const look = messageLooks[state]
  return (
    <ToneBadge tone={look.tone} icon={<look.icon size={13} aria-hidden />} note={t(`message_about.${state}`)}>
      {t(`message_state.${state}`)}
    </ToneBadge>
  )
}

export function LotMark({ state }: { state: QcLot['state'] }) {
  const { t } = useTranslation('devices')
  const look = lotLooks[state]
  return <ToneBadge tone={look.tone} icon={<look.icon size={13} aria-hidden />}>{t(`lot_state.${state}`)}</ToneBadge>
}

export function VerdictMark({ verdict }: { verdict: QcPoint['verdict'] }) {
  const { t } = useTranslation('devices')
  const look = verdictLooks[verdict]
  return <ToneBadge tone={look.tone} icon={<look.icon size={13} aria-hidden />}>{t(`verdict.${verdict}`)}</ToneBadge>
}
