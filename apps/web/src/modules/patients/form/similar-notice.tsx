import type { PatientDuplicate } from '@aliquot/contracts'
import { Button } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { PatientLine, toneStyle } from '../../../ui/index.ts'
import classes from './form.module.css'

interface SimilarNoticeProps {
  similar: readonly PatientDuplicate[]
  onUse: (found: PatientDuplicate) => void
  /** Merges it with the patient whose record is open. */
  onMerge?: ((found: PatientDuplicate) => void) | undefined
}

const most = 3

/** While the form is being filled: perhaps it need not be. */
export function SimilarNotice({ similar, onUse, onMerge }: SimilarNoticeProps) {
  const { t } = useTranslation('patients')
  return (
    <div role="status" aria-live="polite">
      {similar.length > 0 && (
        <div className={classes.similar} style={toneStyle('amber')}>
          <div className={classes.similarTitle}><IconUsers size={16} aria-hidden /> {t('duplicate.notice', { count: similar.length })}</div>
          {similar.slice(0, most).map((found) => (
            <div key={found.patient.id} className={classes.candidate}>
              <div className={classes.candidateWho}>
                <PatientLine patient={found.patient} />
                <div className={classes.reasons}>
                  {[found.patient.phone, found.patient.city].filter(Boolean).map((fact) => `${fact} · `)}
                  {t('duplicate.same', { what: found.reasons.map((reason) => t(`duplicate.reason.${reason}`)).join(', ') })}
                </div>
              </div>
              <Button
                size="xs" variant="default"
                aria-label={t('duplicate.use_named', { name: found.patient.fullName, number: found.patient.number })}
                onClick={() => onUse(found)}
              >
                {t('duplicate.use')}
              </Button>
              {onMerge && <Button size="xs" variant="default" onClick={() => onMerge(found)}>{t('duplicate.merge')}</Button>}
            </div>
          ))}
        </div>
      )}
    </div>
  )
}
