import type { Patient } from '@aliquot/contracts'
import { IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DateTime } from '../../../ui/index.ts'
import classes from './page.module.css'
import { Policies } from './policies.tsx'

/** The details, as far as they are known. */
export function PatientFacts({ patient }: { patient: Patient }) {
  const { t } = useTranslation('patients')
  const facts: [string, ReactNode][] = [
    [t('field.birthDate'), (
      <>
        <DateTime at={patient.birthDate} show="day" />{patient.birthTime && ` ${patient.birthTime}`}
        {patient.birthDateEstimated && <span className={classes.quiet}> {t('page.estimated')}</span>}
      </>
    )],
    [t('field.phone'), patient.phone && <a key="phone" href={`tel:${patient.phone.replaceAll(' ', '')}`}>{patient.phone}</a>],
    [t('field.email'), patient.email && <a key="email" href={`mailto:${patient.email}`}>{patient.email}</a>],
    [t('field.address'), [patient.address, [patient.city, patient.pincode].filter(Boolean).join(' ')].filter(Boolean).join(', ')],
    [t('field.doctor'), patient.doctor?.name],
    [t('field.organisation'), patient.organisation?.name],
    [patient.nationalIdType ? t(`proof.${patient.nationalIdType}`) : t('field.nationalId'), patient.nationalId],
    [t('field.insuranceList'), patient.insuranceList.length > 0 && <Policies key="policies" policies={patient.insuranceList} />],
    [t('field.notes'), patient.notes && <span key="notes" className={classes.notes}>{patient.notes}</span>],
    [t('list.registered'), (
      <>
        <DateTime at={patient.registeredAt} show="full" />
        <div className={classes.quiet}>{patient.registeredBy.name} · {t(`source.${patient.source}`)}</div>
      </>
    )],
    [t('page.merged'), patient.mergedRecords.length > 0 && patient.mergedRecords.map(({ id, number, fullName, mergedAt }) => (
      <div key={id}>{number} <span className={classes.quiet}>{fullName} · <DateTime at={mergedAt} show="day" /></span></div>
    ))],
  ]
  const locked = patient.strictFields.map((field) => t(`field.${field as 'fullName'}`))
  return (
    <aside className={classes.facts} aria-label={t('page.details')}>
      <dl>
        {facts.filter(([, value]) => value).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {patient.strictFields.length > 0 && (
        <p className={classes.lock}>
          <IconLock size={14} aria-hidden /> {t('page.locked', { fields: locked.join(', ') })}
        </p>
      )}
    </aside>
  )
}
