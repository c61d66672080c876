import { installProfiles, listProfiles, type ResponseOf } from '@aliquot/contracts'
import { Button } from '@mantine/core'
import { IconFileCode, IconPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useInfinitePages, useRouteMutation, useSession, useShortcuts } from '../../../platform/index.ts'
import { ConfirmButton, DataTable, DateTime, EmptyState, KeyHint, Page, PageHeader, type Column } from '../../../ui/index.ts'
import { DeviceTabs } from '../device-tabs.tsx'

type Summary = ResponseOf<typeof listProfiles>['items'][number]

/** How each model of instrument speaks. */
export function ProfilesPage() {
  const { t } = useTranslation('devices')
  const { can } = useSession()
  const navigate = useNavigate()
  const source = useInfinitePages(listProfiles, { query: {} }, { live: ['instrument'] })
  const add = () => void navigate({ to: '/instruments/profiles/new' })
  useShortcuts(can('devices.manage') ? [{ keys: 'n', label: t('profile.new'), run: add }] : [])
  const install = useRouteMutation(installProfiles, { refreshes: [listProfiles], done: ({ installed }) => (installed.length > 0 ? t('profiles.installed', { count: installed.length }) : t('profiles.all_there')) })
  const shipped = (
    <ConfirmButton
      title={t('profiles.shipped_title')} text={t('profiles.shipped_text')} confirm={t('profiles.shipped')}
      onConfirm={() => install.mutateAsync({ body: {} })}
    >
      {t('profiles.shipped')}
    </ConfirmButton>
  )
  const columns: Column<Summary>[] = [
    { key: 'name', header: t('profile.name'), least: 200, cell: ({ name }) => <b>{name}</b>, title: ({ name }) => name },
    {
      key: 'protocol', header: t('profile.protocol'), width: 260, cell: ({ protocol }) => t(`protocol.${protocol}`),
      title: ({ protocol }) => t(`protocol.${protocol}`),
    },
    { key: 'instruments', header: t('profiles.used'), width: 110, align: 'right', cell: ({ instruments }) => instruments },
    { key: 'version', header: t('profiles.version'), width: 80, align: 'right', cell: ({ version }) => version },
    { key: 'changed', header: t('profiles.changed'), width: 130, cell: ({ changedAt }) => <DateTime at={changedAt} /> },
    { key: 'by', header: t('profiles.by'), width: 160, minScreen: 1000, cell: ({ changedBy }) => changedBy.name },
  ]
  return (
    <Page layout="fill">
      <PageHeader
        title={t('profiles.title')} subtitle={t('profiles.about')}
        actions={can('devices.manage') && <>{shipped}<Button leftSection={<IconPlus size={16} />} rightSection={<KeyHint keys="n" />} onClick={add}>{t('profile.new')}</Button></>}
      />
      <DeviceTabs />
      <DataTable
        primary label={t('profiles.title')} columns={columns} source={source} rowKey={({ id }) => id} href={({ id }) => `/instruments/profiles/${id}`}
        empty={<EmptyState icon={IconFileCode} title={t('profiles.empty')} text={t('profiles.empty_text')}>{can('devices.manage') && shipped}</EmptyState>}
      />
    </Page>
  )
}
