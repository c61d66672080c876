import { useTranslation } from 'react-i18next'
import { ToneBadge } from '../../../ui/index.ts'
import type { Entry } from './use-molecular-entry.ts'
import classes from './entry.module.css'

const tones = { valid: 'green', failed: 'red', awaited: 'neutral', none: 'neutral' } as const

/** The controls of the run: what they read decides what a target without a signal means. */
export function ControlFields({ entry }: { entry: Entry }) {
  const { t } = useTranslation('molecularEntry')
  return (
    <div className={classes.controls} role="group" aria-label={t('controls')}>
      {entry.sheet.controls.map(({ name, role, cutOff, reading, state }) => (
        <label key={name} className={classes.control}>
          <span>{name} <small className={classes.quiet}>{t(`role.${role}`)}{cutOff !== null && ` · Ct ${role === 'negative' ? '>' : '≤'} ${cutOff}`}</small></span>
          <span className={classes.inline}>
            <input
              className={classes.field} data-column="reading" value={reading} disabled={!entry.editable} maxLength={40} placeholder={t('control_placeholder')}
              aria-label={name} aria-invalid={state === null || undefined} onChange={(event) => entry.set(`c/${name}`, event.currentTarget.value)}
            />
            <ToneBadge tone={state === null ? 'red' : tones[state]}>{t(state === null ? 'control.unreadable' : `control.${state}`)}</ToneBadge>
          </span>
        </label>
      ))}
    </div>
  )
}
