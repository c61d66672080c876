import { ActionIcon, NativeSelect, TextInput, Tooltip } from '@mantine/core'
import { IconAlertCircle, IconCircleCheck, IconCircleMinus, IconHelpCircle, IconPencil, IconTrash, IconUserEdit } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { binOf, detections, parseNumber, type Detection } from '@aliquot/lab-arithmetic'
import { ToneBadge } from '../../../ui/index.ts'
import type { Line } from './draft.ts'
import type { Entry } from './use-molecular-entry.ts'
import classes from './entry.module.css'

interface TargetLineProps {
  entry: Entry
  line: Line
  culture: boolean
  overriding: boolean
  onOverride: (on: boolean) => void
}

const looks = {
  DETECTED: { tone: 'red', icon: IconAlertCircle }, INDETERMINATE: { tone: 'amber', icon: IconHelpCircle }, NOT_DETECTED: { tone: 'green', icon: IconCircleMinus },
  INVALID: { tone: 'violet', icon: IconCircleCheck },
} as const

/** The cut-off in words: "Ct ≤ 37 (to 40 indeterminate)". */
export function useCutOffWords() {
  const { t } = useTranslation('molecularEntry')
  return ({ cut_off: cutOff, cut_off_kind: kind, unit, grey_low: low, grey_high: high }: Line['target']): string => {
    if (cutOff === null) return t('no_cut_off')
    if (kind === 'CT_MAX') return high === null ? `Ct ≤ ${cutOff}` : t('ct_grey', { cutOff, high })
    const words = `≥ ${cutOff}${unit ? ` ${unit}` : ''}`
    return low === null ? words : t('load_grey', { words, low })
  }
}

/** One target: its readings, what follows from them and why, and what a person says in its place. */
export function TargetLine({ entry, line, culture, overriding, onOverride }: TargetLineProps) {
  const { t } = useTranslation('molecularEntry')
  const words = useCutOffWords()
  const { target, readings, refused, picked, reason, auto, because, result } = line
  const { editable } = entry
  const { key } = target
  const edited = Object.keys(entry.draft.edits).some((field) => field.split('/')[1] === key)
  const needsReason = picked !== null && auto !== null && !reason.trim()
  const Icon = result ? looks[result].icon : null
  return (
    <>
      <tr className={classes.line} data-edited={edited || undefined} data-result={result ?? undefined} data-target={key}>
        <th scope="row">
          {target.name}{target.number > 1 && ` (${target.number})`}
          {!culture && <span className={classes.why}>{words(target)}</span>}
        </th>
        {!culture && (
          <td className={classes.reading}>
            <span className={classes.parts}>
              {readings.map((text, part) => (
                <input
                  key={part} className={classes.field} data-column="reading" value={text} disabled={!editable} maxLength={60} inputMode="decimal"
                  placeholder={target.parts[part] ?? (target.cut_off_kind === 'CT_MAX' ? 'Ct' : target.unit || t('load'))} aria-invalid={refused[part] ? true : undefined}
                  aria-label={target.parts.length > 1 ? `${target.name} ${target.parts[part] ?? ''}` : target.name}
                  onChange={(event) => entry.set(`r/${key}/${part}`, event.currentTarget.value)}
                  onKeyDown={(event) => {
                    if (event.key === 'F2') onOverride(!overriding)
                  }}
                />
              ))}
            </span>
            {refused.map((each, part) => each && <span key={part} className={classes.trouble} role="alert">{t(`refused.${each}`)}</span>)}
          </td>
        )}
        {!culture && (
          <td className={classes.call} aria-live="polite">
            {result && Icon
              ? <ToneBadge tone={looks[result].tone} icon={picked ? <IconUserEdit size={13} aria-hidden /> : <Icon size={13} aria-hidden />}>{t(`detection.${result}`)}</ToneBadge>
              : <span className={classes.quiet}>{readings.every((text) => text.trim() === '') ? '–' : t('undecided')}</span>}
            <span className={classes.why}>{picked ? t('instead_of', { auto: auto ? t(`detection.${auto}`) : t('undecided') }) : because === 'not_entered' ? '' : t(`because.${because}`)}</span>
          </td>
        )}
        {target.kind === 'organism' && <td className={classes.amount}><Amount entry={entry} line={line} culture={culture} /></td>}
        <td className={classes.tools}>
          {editable && !culture && (
            <Tooltip label={t('override_key')}>
              <ActionIcon variant="subtle" color="gray" tabIndex={-1} aria-label={t('override', { name: target.name })} onClick={() => onOverride(!overriding)}><IconPencil size={16} /></ActionIcon>
            </Tooltip>
          )}
          {editable && !target.on_panel && (
            <ActionIcon variant="subtle" color="gray" aria-label={t('remove', { name: target.name })} onClick={() => entry.removeOrganism(key)}><IconTrash size={16} /></ActionIcon>
          )}
        </td>
      </tr>
      {(overriding || (picked !== null && !culture)) && (
        <tr className={classes.under}>
          <td colSpan={5}>
            <span className={classes.inline}>
              <NativeSelect
                size="xs" aria-label={t('override', { name: target.name })} disabled={!editable} value={entry.sheet.of(`p/${key}`)} autoFocus={overriding}
                data={[{ value: '', label: t('automatic', { auto: auto ? t(`detection.${auto}`) : t('undecided') }) }, ...detections.map((value: Detection) => ({ value, label: t(`detection.${value}`) }))]}
                onChange={(event) => entry.set(`p/${key}`, event.currentTarget.value)}
              />
              <TextInput
                size="xs" className={classes.reason ?? ''} aria-label={t('reason_of', { name: target.name })} placeholder={t('reason')} disabled={!editable} value={reason} maxLength={500}
                error={needsReason ? t('reason_needed') : null} onChange={(event) => entry.set(`why/${key}`, event.currentTarget.value)}
                onKeyDown={(event) => {
                  if (event.key === 'Escape' || event.key === 'Enter') onOverride(false)
                }}
              />
              <SaidBy entry={entry} target={key} />
            </span>
          </td>
        </tr>
      )}
    </>
  )
}

function SaidBy({ entry, target }: { entry: Entry; target: string }) {
  const { t } = useTranslation('molecularEntry')
  const said = entry.entry.results.find((each) => each.target === target)
  return said?.picked_by && !(`p/${target}` in entry.draft.edits) ? <span className={classes.quiet}>{t('said_by', { name: said.picked_by })}</span> : null
}

/** The load of an organism with its bin; for a culture, how much grew. */
function Amount({ entry, line, culture }: Pick<TargetLineProps, 'entry' | 'line' | 'culture'>) {
  const { t } = useTranslation('molecularEntry')
  const { target, readings, amount } = line
  const own = target.cut_off_kind === 'LOAD_MIN' && !culture
  const parsed = parseNumber(own ? readings[0] ?? '' : amount)
  const bin = parsed ? binOf(entry.entry.plan.bins, { number: parsed.value, comparator: parsed.comparator }) : null
  return (
    <span className={classes.inline}>
      {!own && (
        <input
          className={classes.field} data-column="amount" value={amount} disabled={!entry.editable} maxLength={60} aria-label={t('amount_of', { name: target.name })}
          placeholder={culture ? '> 10^5' : ''} onChange={(event) => entry.set(`a/${target.key}`, event.currentTarget.value)}
        />
      )}
      {bin ? <span className={classes.bin}>{bin}</span> : culture && <span className={classes.quiet}>{entry.entry.plan.load_unit}</span>}
    </span>
  )
}
