import { SetAsideReason, checkDentalImage, discardDentalImage, fileDentalImage, getDentalImage, listClinics, listSetAside, lookForImages, type ResponseOf } from '@aliquot/contracts'
import { Button, Group, Modal, Textarea } from '@mantine/core'
import { IconPhotoCheck, IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFilters, useFormat, useInfinitePages, useRouteMutation, useRouteQuery } from '../../../platform/index.ts'
import { ConfirmButton, DataTable, DateTime, EmptyState, FilterBar, Page, PageHeader, PersonPicker, ToneBadge, type Column } from '../../../ui/index.ts'
import { asideFilters } from '../filters.ts'
import { ImagingTabs } from './imaging-tabs.tsx'
import classes from './manage.module.css'

type Row = ResponseOf<typeof listSetAside>['items'][number]
type Picked = Parameters<React.ComponentProps<typeof PersonPicker>['onChange']>[0]

/** Images that are under nobody's name until somebody looked at them. */
export function SetAsidePage() {
  const { t } = useTranslation('imaging')
  const filters = useFilters(asideFilters)
  const source = useInfinitePages(listSetAside, { query: { ...filters.values, reason: filters.values.reason && [filters.values.reason] } }, { live: ['image'] })
  const clinics = useRouteQuery(listClinics, { query: { limit: 200 } }, { live: ['clinic'] })
  const [openId, setOpenId] = useState<number | null>(null)
  const open = source.rows.find(({ id }) => id === openId) ?? null
  const look = useRouteMutation(lookForImages, { done: t('aside.looking') })
  return (
    <Page layout="fill">
      <PageHeader
        title={t('aside.title')} subtitle={t('aside.about')}
        actions={<Button variant="default" leftSection={<IconRefresh size={16} />} loading={look.isPending} onClick={() => look.mutate({ body: {} })}>{t('aside.look')}</Button>}
      />
      <ImagingTabs />
      <FilterBar
        filters={filters} search={{ name: 'q', placeholder: t('aside.search') }}
        fields={[
          { kind: 'one', name: 'reason', label: t('aside.reason'), options: SetAsideReason.enum.filter((reason) => reason !== 'discarded').map((value) => ({ value, label: t(`reason.${value}`) })) },
          { kind: 'one', name: 'clinicId', label: t('clinics.one'), options: (clinics.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })) },
        ]}
      />
      <DataTable
        primary tall label={t('aside.title')} columns={useColumns()} source={source} rowKey={({ id }) => id} onOpen={({ id }) => setOpenId(id)}
        empty={<EmptyState icon={IconPhotoCheck} title={t('aside.none')} text={t('aside.none_text')} />}
      />
      <Modal opened={open !== null} onClose={() => setOpenId(null)} title={open ? t(`reason.${open.reason ?? 'no_identity'}`) : ''} size="lg">
        {open && <Decide key={open.id} row={open} onDone={() => setOpenId(null)} />}
      </Modal>
    </Page>
  )
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('imaging')
  const { day } = useFormat()
  return [
    { key: 'picture', header: '', width: 84, cell: ({ thumbnail }) => (thumbnail ? <img src={thumbnail} alt="" className={classes.thumb} loading="lazy" /> : <span className={classes.thumb} />) },
    { key: 'reason', header: t('aside.reason'), width: 200, cell: ({ reason }) => <ToneBadge tone="amber">{t(`reason.${reason ?? 'no_identity'}`)}</ToneBadge> },
    {
      key: 'says', header: t('aside.says'), least: 170,
      cell: ({ header }) => <span className={classes.who}>{header.patientName ?? t('aside.no_name')}<span className={classes.quiet}>{header.birthDate ? day(header.birthDate) : '–'}</span></span>,
    },
    {
      key: 'sent', header: t('aside.sent_for'), least: 170,
      cell: ({ patient }) => (patient ? <span className={classes.who}>{patient.fullName}<span className={classes.quiet}>{day(patient.birthDate)} · {patient.number}</span></span> : <span className={classes.quiet}>{t('aside.nobody')}</span>),
    },
    { key: 'name', header: t('aside.image'), width: 150, minScreen: 1100, cell: ({ name, clinicImageId }) => name || clinicImageId, title: ({ name }) => name },
    { key: 'clinic', header: t('clinics.one'), width: 160, minScreen: 1250, cell: ({ clinic }) => clinic?.name ?? '–' },
    { key: 'came', header: t('fact.came'), width: 120, minScreen: 900, cell: ({ foundAt }) => <DateTime at={foundAt} /> },
  ]
}

const aboutTheFile = ['not_dicom', 'damaged', 'no_pixels', 'unsupported', 'too_large', 'bytes_differ', 'unknown_name']

function Decide({ row, onDone }: { row: Row; onDone: () => void }) {
  const { t } = useTranslation('imaging')
  const { day } = useFormat()
  const [picked, setPicked] = useState<Picked>(null)
  const [reason, setReason] = useState('')
  const full = useRouteQuery(getDentalImage, { params: { imageId: row.id } })
  const picture = full.data?.links.picture
  const file = useRouteMutation(fileDentalImage, { done: t('aside.filed'), onSuccess: onDone, refreshes: [listSetAside] })
  const discard = useRouteMutation(discardDentalImage, { done: t('aside.discarded'), onSuccess: onDone, refreshes: [listSetAside] })
  const again = useRouteMutation(checkDentalImage, { done: t('aside.looking'), onSuccess: onDone, refreshes: [listSetAside] })
  const { header, patient, version } = row
  const params = { imageId: row.id }
  const fileable = !aboutTheFile.includes(row.reason ?? '')
  return (
    <>
      {picture && <img src={picture} alt={row.name} className={classes.large} />}
      {row.detail && <p className={classes.quiet}>{row.detail}</p>}
      <div className={classes.against}>
        <div><h3>{t('aside.says')}</h3>{[header.patientName ?? t('aside.no_name'), header.birthDate && day(header.birthDate), header.patientId].filter(Boolean).join(' · ')}</div>
        <div><h3>{t('aside.sent_for')}</h3>{patient ? `${patient.fullName} · ${day(patient.birthDate)} · ${patient.number}` : t('aside.nobody')}</div>
      </div>
      {fileable && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (picked && reason.trim()) file.mutate({ params, body: { version, patientId: picked.id, reason: reason.trim() } })
          }}
        >
          <PersonPicker label={t('aside.whose')} description={t('aside.whose_text')} value={picked} onChange={setPicked} />
          <Textarea mt="sm" label={t('aside.how')} placeholder={t('aside.how_text')} value={reason} maxLength={500} autosize minRows={2} onChange={(event) => setReason(event.currentTarget.value)} />
          <Group mt="md"><Button type="submit" disabled={!picked || reason.trim() === ''} loading={file.isPending}>{picked ? t('aside.file_under', { name: picked.label }) : t('aside.file')}</Button></Group>
        </form>
      )}
      <Group mt="lg" justify="flex-end">
        <Button variant="default" loading={again.isPending} onClick={() => again.mutate({ params, body: { version } })}>{t('aside.again')}</Button>
        <ConfirmButton
          color="red" dangerous askReason title={t('aside.discard_title')} text={t('aside.discard_text')} confirm={t('aside.discard')}
          onConfirm={(why) => discard.mutateAsync({ params, body: { version, reason: why } })}
        >
          {t('aside.discard')}
        </ConfirmButton>
      </Group>
    </>
  )
}
