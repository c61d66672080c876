import { createClinic, createClinicKey, listClinicKeys, listClinics, updateClinic, withdrawClinicKey, type Clinic } from '@aliquot/contracts'
import { Alert, Button, Group, Modal, Switch, TextInput } from '@mantine/core'
import { IconBuildingHospital, IconKey, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, queryClient, routeKey, toastDone, useFilters, useFormat, useInfinitePages, useRouteMutation, useShortcuts } from '../../../platform/index.ts'
import { ConfirmButton, DataTable, DateTime, EmptyState, FilterBar, KeyHint, Page, PageHeader, RecordPanel, ToneBadge, useOpenedRecord, type Column } from '../../../ui/index.ts'
import { clinicFilters } from '../filters.ts'
import { ImagingTabs } from './imaging-tabs.tsx'
import classes from './manage.module.css'

interface ClinicValues { code: string; name: string; disabled: boolean }

/** Practices whose agents send images, the keys they do it with, and what they left out. */
export function ClinicsPage() {
  const { t } = useTranslation('imaging')
  const filters = useFilters(clinicFilters)
  const source = useInfinitePages(listClinics, { query: { disabled: filters.values.disabled ?? false } }, { live: ['clinic', 'image'] })
  const record = useOpenedRecord('/imaging/clinics', source)
  useShortcuts([{ keys: 'n', label: t('clinics.new'), run: () => record.open('new') }])
  const saved = () => {
    toastDone(t('clinics.saved'))
    void queryClient.invalidateQueries({ queryKey: routeKey(listClinics) })
    record.close()
  }
  return (
    <Page layout="fill">
      <PageHeader
        title={t('clinics.title')} subtitle={t('clinics.about')}
        actions={<Button leftSection={<IconPlus size={16} />} rightSection={<KeyHint keys="n" />} onClick={() => record.open('new')}>{t('clinics.new')}</Button>}
      />
      <ImagingTabs />
      <FilterBar filters={filters} fields={[{ kind: 'flag', name: 'disabled', label: t('clinics.only_disabled') }]} />
      <DataTable
        primary label={t('clinics.title')} columns={useColumns()} source={source} rowKey={({ id }) => id} href={({ id }) => `/imaging/clinics/${id}`}
        empty={<EmptyState icon={IconBuildingHospital} title={t('clinics.none')} text={t('clinics.none_text')} />}
      />
      <RecordPanel<Clinic, ClinicValues>
        record={record} editable saveLabel={t('clinics.save')} onClearFilters={filters.clear} onSaved={saved}
        title={(row) => row?.name ?? t('clinics.new')} values={(row) => ({ code: row?.code ?? '', name: row?.name ?? '', disabled: row?.disabled ?? false })}
        validate={({ code, name }) => ({
          code: /^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/.test(code) ? null : t('clinics.code_wrong'), name: name.trim() ? null : t('clinics.name_missing'),
        })}
        save={({ code, name, disabled }, row) => (row
          ? call(updateClinic, { params: { clinicId: row.id }, body: { version: row.version, name: name.trim(), disabled } })
          : call(createClinic, { body: { code, name: name.trim() } }))}
        fields={(form, row) => (
          <>
            <TextInput label={t('clinics.name')} withAsterisk data-autofocus {...form.getInputProps('name')} />
            <TextInput mt="sm" label={t('clinics.code')} description={t('clinics.code_text')} withAsterisk disabled={row !== null} {...form.getInputProps('code')} />
            {row && <Switch mt="md" label={t('clinics.disabled')} description={t('clinics.disabled_text')} {...form.getInputProps('disabled', { type: 'checkbox' })} />}
            {row && <Keys clinic={row} />}
            {row && <Skipped clinic={row} />}
          </>
        )}
      />
    </Page>
  )
}

function useColumns(): Column<Clinic>[] {
  const { t } = useTranslation('imaging')
  const { number } = useFormat()
  return [
    { key: 'name', header: t('clinics.name'), least: 180, cell: ({ name, disabled }) => <>{name} {disabled && <ToneBadge tone="neutral">{t('clinics.stopped')}</ToneBadge>}</>, title: ({ name }) => name },
    { key: 'id', header: t('clinics.id'), width: 90, cell: ({ id }) => id },
    { key: 'cards', header: t('cards.title'), width: 90, align: 'right', cell: ({ cards }) => number(cards) },
    { key: 'images', header: t('gallery.title'), width: 90, align: 'right', cell: ({ images }) => number(images) },
    { key: 'aside', header: t('aside.short'), width: 110, align: 'right', cell: ({ setAside }) => (setAside > 0 ? <ToneBadge tone="amber">{number(setAside)}</ToneBadge> : 0) },
    { key: 'skipped', header: t('clinics.skipped'), width: 110, align: 'right', minScreen: 900, cell: ({ skipped }) => (skipped ? number(skipped.total) : '–') },
    { key: 'last', header: t('clinics.last'), width: 140, cell: ({ lastSentAt }) => <DateTime at={lastSentAt} show="relative" /> },
  ]
}

function Keys({ clinic }: { clinic: Clinic }) {
  const { t } = useTranslation('imaging')
  const params = { clinicId: clinic.id }
  const keys = useInfinitePages(listClinicKeys, { params })
  const [name, setName] = useState('')
  const [made, setMade] = useState<string | null>(null)
  const create = useRouteMutation(createClinicKey, { refreshes: [listClinicKeys], onSuccess: ({ key }) => setMade(key) })
  const withdraw = useRouteMutation(withdrawClinicKey, { refreshes: [listClinicKeys], done: t('keys.withdrawn') })
  return (
    <section className={classes.section}>
      <h3>{t('keys.title')}</h3>
      <p className={classes.quiet}>{t('keys.about', { id: clinic.id })}</p>
      <ul className={classes.keys}>
        {keys.rows.map((key) => (
          <li key={key.id}>
            <span className={classes.who}>{key.name}<span className={classes.quiet}>{key.start}… · <DateTime at={key.createdAt} show="day" /></span></span>
            <ConfirmButton size="xs" dangerous title={t('keys.withdraw_title', { name: key.name })} text={t('keys.withdraw_text')} confirm={t('keys.withdraw')} onConfirm={() => withdraw.mutateAsync({ params: { ...params, apiKeyId: key.id } })}>
              {t('keys.withdraw')}
            </ConfirmButton>
          </li>
        ))}
      </ul>
      <Group mt="sm" align="flex-end" wrap="nowrap">
        <TextInput label={t('keys.name')} placeholder={t('keys.name_text')} value={name} maxLength={80} style={{ flex: 1 }} onChange={(event) => setName(event.currentTarget.value)} />
        <Button variant="default" leftSection={<IconKey size={16} />} disabled={name.trim() === ''} loading={create.isPending} onClick={() => create.mutate({ params, body: { name: name.trim() } })}>{t('keys.new')}</Button>
      </Group>
      <Modal opened={made !== null} onClose={() => setMade(null)} title={t('keys.made')}>
        <Alert color="yellow" mb="sm">{t('keys.once')}</Alert>
        <div className={classes.key}>{made}</div>
        <Group mt="md" justify="flex-end">
          <Button onClick={() => void navigator.clipboard.writeText(made ?? '').then(() => toastDone(t('keys.copied')))}>{t('keys.copy')}</Button>
        </Group>
      </Modal>
    </section>
  )
}

function Skipped({ clinic: { skipped } }: { clinic: Clinic }) {
  const { t } = useTranslation('imaging')
  if (!skipped || skipped.total === 0) return null
  return (
    <section className={classes.section}>
      <h3>{t('clinics.skipped_title', { count: skipped.total })}</h3>
      <p className={classes.quiet}>{t('clinics.skipped_text')} <DateTime at={skipped.at} show="relative" /></p>
      <ul className={classes.problems}>{skipped.files.slice(0, 200).map(({ file, reason, detail }) => <li key={file}>{file}: {detail ?? reason}</li>)}</ul>
    </section>
  )
}
