import { ImageKind, getPatient, listPatientImages, type DentalImage, type Patient } from '@aliquot/contracts'
import { Button } from '@mantine/core'
import { IconDental, IconPhotoSearch } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFilters, useFormat, useInfinitePages, useRouteQuery } from '../../../platform/index.ts'
import { AgeSex, EmptyState, ErrorState, FilterBar, Loaded, Page, PageHeader } from '../../../ui/index.ts'
import { galleryFilters } from '../filters.ts'
import classes from './gallery.module.css'
import { byDay, chartOf, isCharted, teethText, type Row } from './mouth.ts'

export function GalleryPage() {
  const patientId = Number(useParams({ strict: false }).patientId)
  const query = useRouteQuery(getPatient, { params: { patientId } }, { live: [`patient:${patientId}`] })
  return <Page><Loaded query={query}>{(patient) => <Gallery key={patient.id} patient={patient} />}</Loaded></Page>
}

function Gallery({ patient }: { patient: Patient }) {
  const { t } = useTranslation('imaging')
  const { day } = useFormat()
  const filters = useFilters(galleryFilters)
  const { kind } = filters.values
  const source = useInfinitePages(listPatientImages, { params: { patientGuid: patient.guid }, query: { kind, limit: 100 } }, { live: ['image'] })
  return (
    <>
      <PageHeader
        title={t('gallery.title')} back={{ to: `/patients/${patient.id}`, label: patient.fullName }}
        subtitle={<>{patient.fullName} · <AgeSex ageText={patient.ageText} sex={patient.sex} /> · {patient.number}</>}
      />
      <FilterBar filters={filters} fields={[{ kind: 'many', name: 'kind', label: t('fact.kind'), options: ImageKind.enum.map((value) => ({ value, label: t(`kind.${value}`) })) }]} />
      {source.status === 'failed' && source.problem && <ErrorState problem={source.problem} onRetry={source.retry} />}
      {source.status === 'loading' && <div className={classes.grid}>{Array.from({ length: 6 }, (_, at) => <div key={at} className={classes.skeleton} />)}</div>}
      {source.status === 'ready' && source.rows.length === 0 && (
        <EmptyState
          icon={kind !== undefined ? IconPhotoSearch : IconDental} title={t(kind !== undefined ? 'gallery.none_match' : 'gallery.none')}
          text={t(kind !== undefined ? 'gallery.none_match_text' : 'gallery.none_text')}
        />
      )}
      {byDay(source.rows).map(({ day: on, images }) => (
        <section key={on ?? ''} className={classes.day}>
          <h2>{on ? day(on) : t('gallery.no_day')} <span>{t('gallery.count', { count: images.length })}</span></h2>
          <Day images={images} patientId={patient.id} />
        </section>
      ))}
      {source.hasMore && <Button variant="default" loading={source.isLoadingMore} onClick={source.loadMore}>{t('gallery.more')}</Button>}
    </>
  )
}

const rows: readonly Row[] = ['upper', 'bitewing', 'lower']

/** Three or more charted images of a day are a series and hang as a dentist hangs them; the rest follow one another. */
function Day({ images, patientId }: { images: readonly DentalImage[]; patientId: number }) {
  const { t } = useTranslation('imaging')
  const isSeries = images.filter(isCharted).length >= 3
  const chart = isSeries ? chartOf(images) : null
  const rest = isSeries ? images.filter((image) => !isCharted(image)) : images
  return (
    <>
      {chart && (
        <div className={classes.chart} role="group" aria-label={t('gallery.series')}>
          <span className={classes.side} aria-hidden>{t('gallery.right')}</span>
          <div className={classes.mount}>
            {rows.filter((row) => chart[row].length > 0).map((row) => (
              <div key={row} className={classes.row} role="group" aria-label={t(`row.${row}`)}>
                {chart[row].map((image) => <Film key={image.id} image={image} patientId={patientId} charted />)}
              </div>
            ))}
          </div>
          <span className={classes.side} aria-hidden>{t('gallery.left')}</span>
        </div>
      )}
      {rest.length > 0 && <div className={classes.grid}>{rest.map((image) => <Film key={image.id} image={image} patientId={patientId} />)}</div>}
    </>
  )
}

function Film({ image, patientId, charted = false }: { image: DentalImage; patientId: number; charted?: boolean }) {
  const { t } = useTranslation('imaging')
  const { name, teeth, kind, thumbnail, takenAt, clinicImageId, id } = image
  const title = name || teethText(teeth) || (clinicImageId ?? String(id))
  return (
    <Link to="/patients/$patientId/images/$imageId" params={{ patientId: String(patientId), imageId: String(id) }} className={charted ? classes.charted : classes.film} title={title}>
      <span className={classes.picture}>{thumbnail && <img src={thumbnail} alt={title} loading="lazy" />}</span>
      <span className={classes.caption}>
        <strong>{charted ? teethText(teeth) : title}</strong>
        {!charted && <span>{[kind && t(`kind.${kind}`), takenAt?.slice(11, 16)].filter(Boolean).join(' · ')}</span>}
      </span>
    </Link>
  )
}
