import { listPatientImages, type Patient } from '@aliquot/contracts'
import { Button } from '@mantine/core'
import { IconDental } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { rowSource, useFormat, useRouteQuery } from '../../../platform/index.ts'
import { EmptyState, ErrorState } from '../../../ui/index.ts'
import classes from './images.module.css'

/** The newest dental images; all of them, and the viewer, are a page of their own. */
export function ImagesTab({ patient }: { patient: Patient }) {
  const { t } = useTranslation('patients')
  const { day } = useFormat()
  const query = useRouteQuery(listPatientImages, { params: { patientGuid: patient.guid }, query: { limit: 24 } }, { live: ['image'] })
  const { rows, status, problem, retry } = rowSource(query, query.data?.items)
  const all = `/patients/${patient.id}/images`
  if (status === 'failed' && problem) return <ErrorState problem={problem} onRetry={retry} />
  if (status === 'ready' && rows.length === 0) return <EmptyState icon={IconDental} title={t('images.none')} text={t('images.none_text')} />
  return (
    <>
      <div className={classes.grid}>
        {rows.map(({ id, name, teeth, takenAt, thumbnail }) => {
          const title = name || teeth.join(' ') || String(id)
          return (
            <Link key={id} to={`${all}/${id}`} className={classes.film} title={title}>
              {thumbnail && <img src={thumbnail} alt={title} loading="lazy" />}
              <span>{title}</span>
              <span className={classes.day}>{takenAt ? day(takenAt.slice(0, 10)) : ''}</span>
            </Link>
          )
        })}
      </div>
      {rows.length > 0 && <Button component={Link} to={all} variant="default" mt="md" leftSection={<IconDental size={16} />}>{t('images.open')}</Button>}
    </>
  )
}
