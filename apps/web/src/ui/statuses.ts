import {
  IconAlertOctagon, IconArrowBackUp, IconArrowDown, IconArrowUp, IconChecks, IconCheck, IconChevronsDown, IconChevronsUp, IconCircle, IconCircleDashed,
  IconCircleFilled, IconCircleHalf2, IconCircleX, IconDroplet, IconFlag, IconHourglassEmpty, IconReplace, IconBolt, IconPointFilled, IconCoin,
  IconCoins, IconLock, IconMinus, IconPencil, IconSend, IconSignature, IconTestPipe, IconWritingSign, type Icon,
} from '@tabler/icons-react'
import type { Tone } from '../theme/tones.ts'

export interface StatusLook {
  tone: Tone
  icon: Icon
  struck?: boolean
}

/**
 * How each status looks, everywhere. Its word is `ui:status.<name>`, so colour is never the only sign.
 * Colour follows the work: grey waits, blue is on its way, amber is being done, violet and teal await somebody, green is final.
 */
export const statusLooks = {
  pending: { tone: 'neutral', icon: IconHourglassEmpty },
  ordered: { tone: 'neutral', icon: IconCircleDashed },
  collected: { tone: 'blue', icon: IconDroplet },
  received: { tone: 'blue', icon: IconTestPipe },
  in_progress: { tone: 'amber', icon: IconCircleHalf2 },
  completed: { tone: 'violet', icon: IconCheck },
  verified: { tone: 'teal', icon: IconChecks },
  partially_signed: { tone: 'green', icon: IconWritingSign },
  signed: { tone: 'green', icon: IconSignature },
  cancelled: { tone: 'neutral', icon: IconCircleX, struck: true },
  rejected: { tone: 'red', icon: IconCircleX },
  replaced: { tone: 'neutral', icon: IconReplace, struck: true },
  routine: { tone: 'neutral', icon: IconMinus },
  urgent: { tone: 'orange', icon: IconFlag },
  stat: { tone: 'red', icon: IconBolt },
  active: { tone: 'green', icon: IconCircleFilled },
  draft: { tone: 'amber', icon: IconPencil },
  retired: { tone: 'neutral', icon: IconCircle, struck: true },
  disabled: { tone: 'neutral', icon: IconLock, struck: true },
  unpaid: { tone: 'orange', icon: IconCircle },
  part_paid: { tone: 'amber', icon: IconCoin },
  overpaid: { tone: 'violet', icon: IconCoins },
  paid: { tone: 'green', icon: IconCoins },
  submitted: { tone: 'blue', icon: IconSend },
  accepted: { tone: 'teal', icon: IconCheck },
  settled: { tone: 'green', icon: IconCoins },
  withdrawn: { tone: 'neutral', icon: IconArrowBackUp, struck: true },
} as const satisfies Record<string, StatusLook>

export type StatusName = keyof typeof statusLooks

export interface FlagLook {
  tone: Tone
  icon: Icon
  /** Printed beside the value, as reports print it. */
  letter: string
  critical: boolean
}

/** Flags of a result, named as @aliquot/lab-arithmetic names them. `normal` shows nothing. */
export const flagLooks = {
  low: { tone: 'blue', icon: IconArrowDown, letter: 'L', critical: false },
  high: { tone: 'orange', icon: IconArrowUp, letter: 'H', critical: false },
  abnormal: { tone: 'orange', icon: IconPointFilled, letter: 'A', critical: false },
  critical_low: { tone: 'red', icon: IconChevronsDown, letter: 'LL', critical: true },
  critical_high: { tone: 'red', icon: IconChevronsUp, letter: 'HH', critical: true },
  critical: { tone: 'red', icon: IconAlertOctagon, letter: 'AA', critical: true },
} as const satisfies Record<string, FlagLook>

export type FlagName = keyof typeof flagLooks
