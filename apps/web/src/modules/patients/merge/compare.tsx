import type { MergeField, Patient } from '@aliquot/contracts'
import { Radio } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DateTime } from '../../../ui/index.ts'
import classes from './merge.module.css'

interface CompareProps {
  keep: Patient
  merge: Patient
  /** In which the records differ. */
  fields: readonly MergeField[]
  chosen: ReadonlySet<MergeField>
  onPick: (field: MergeField, take: boolean) => void
}

/** The record that stays at the left, the one that goes at the right; arrow keys choose within a row. */
export function Compare({ keep, merge, fields, chosen, onPick }: CompareProps) {
  const { t } = useTranslation('patients')
  const show = useShown()
  // A signed report of either record would name somebody else than it was signed for.
  const locked = (field: MergeField) => keep.strictFields.includes(field) || merge.strictFields.includes(field)
  return (
    <table className={classes.compare}>
      <thead>
        <tr>
          <th />
          {([['merge.keeps', keep], ['merge.goes', merge]] as const).map(([word, patient]) => (
            <th key={patient.id} scope="col">
              <span className={classes.role}>{t(word)}</span>
              {patient.number}
              <div className={classes.quiet}>{t('merge.registered')} <DateTime at={patient.registeredAt} show="day" /></div>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {fields.length === 0 && <tr><td colSpan={3} className={classes.quiet}>{t('merge.same')}</td></tr>}
        {fields.map((field) => (
          <tr key={field}>
            <th scope="row">
              {t(`field.${field}`)}
              {locked(field) && <span className={classes.quiet} title={t('merge.locked')}> <IconLock size={13} aria-label={t('merge.locked')} /></span>}
            </th>
            {[keep, merge].map((patient) => {
              const take = patient === merge
              const picked = chosen.has(field) === take
              return (
                <td key={patient.id} data-picked={picked || undefined}>
                  <Radio
                    name={`merge-${field}`} checked={picked} onChange={() => onPick(field, take)} disabled={locked(field) && !picked}
                    label={show(field, patient) || <span className={classes.quiet}>{t('merge.empty')}</span>}
                  />
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function useShown() {
  const { t } = useTranslation(['patients', 'ui'])
  return (field: MergeField, patient: Patient): ReactNode => {
    switch (field) {
      case 'sex': return t(`ui:sex.${patient.sex}`)
      case 'birthDate': return <><DateTime at={patient.birthDate} show="day" />{patient.birthTime && ` ${patient.birthTime}`} · {patient.ageText}</>
      case 'address': return [patient.address, [patient.city, patient.pincode].filter(Boolean).join(' ')].filter(Boolean).join(', ')
      case 'nationalId': return patient.nationalIdType && `${t(`proof.${patient.nationalIdType}`)} ${patient.nationalId}`
      case 'organisation': return patient.organisation?.name
      case 'doctor': return patient.doctor?.name
      default: return patient[field]
    }
  }
}
