import type { DeviceResult, MessageEntry, QcLot, QcPoint } from '@aliquot/contracts'
import {
  IconAlertTriangle, IconBan, IconChecks, IconCircleCheck, IconCircleDashed, IconCircleOff, IconCut, IconHandStop, IconHourglassEmpty, IconInboxOff, IconTargetArrow, type Icon,
} from '@tabler/icons-react'
import type { Tone } from '../../theme/tones.ts'

interface Look {
  tone: Tone
  icon: Icon
}

export const resultLooks: Record<DeviceResult['state'], Look> = {
  waiting: { tone: 'blue', icon: IconHourglassEmpty },
  held: { tone: 'amber', icon: IconHandStop },
  released: { tone: 'green', icon: IconChecks },
  dismissed: { tone: 'neutral', icon: IconBan },
  qc: { tone: 'violet', icon: IconTargetArrow },
}

export const messageLooks: Record<MessageEntry['state'], Look> = {
  stored: { tone: 'blue', icon: IconHourglassEmpty },
  processed: { tone: 'green', icon: IconCircleCheck },
  held: { tone: 'amber', icon: IconHandStop },
  rejected: { tone: 'red', icon: IconInboxOff },
  incomplete: { tone: 'orange', icon: IconCut },
  dismissed: { tone: 'neutral', icon: IconBan },
}

export const lotLooks: Record<QcLot['state'], Look> = {
  in_control: { tone: 'green', icon: IconCircleCheck },
  warning: { tone: 'amber', icon: IconAlertTriangle },
  out_of_control: { tone: 'red', icon: IconCircleOff },
  no_results: { tone: 'neutral', icon: IconCircleDashed },
}

export const verdictLooks: Record<QcPoint['verdict'], Look> = {
  ok: lotLooks.in_control,
  warning: lotLooks.warning,
  reject: lotLooks.out_of_control,
}
