import { createPartner, listPartners, updatePartner, type Partner } from '@aliquot/contracts'
import { Button } from '@mantine/core'
import { IconPlugConnected, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, queryClient, routeKey, toastDone, useFilters, useFormat, useInfinitePages, useSession, useShortcuts } from '../../../platform/index.ts'
import {
  DataTable, DateTime, EmptyState, FilterBar, KeyHint, Page, PageHeader, RecordPanel, useOpenedRecord, type Column,
} from '../../../ui/index.ts'
import { partnerFilters } from '../filters.ts'
import classes from '../integrations.module.css'
import { HealthMark, healthOf } from '../marks.tsx'
import { OnceDialog } from '../once-dialog.tsx'
import { IntegrationTabs } from '../tabs.tsx'
import { PartnerFields } from './partner-fields.tsx'
import { badHeader, partnerBody, partnerValues, type PartnerValues } from './partner-values.ts'

/** The integration directory: who is told what happens here, and how it goes with each. */
export function PartnersPage() {
  const { t } = useTranslation('integrations')
  const { can } = useSession()
  const filters = useFilters(partnerFilters)
  const source = useInfinitePages(listPartners, { query: { disabled: filters.values.disabled ?? false } }, { live: ['partner', 'partner_event'] })
  const record = useOpenedRecord('/integrations', source)
  const [secret, setSecret] = useState<string | null>(null)
  const editable = can('integrations.manage')
  useShortcuts(editable ? [{ keys: 'n', label: t('partner.new'), run: () => record.open('new') }] : [])
  const save = async (values: PartnerValues, row: Partner | null) => {
    if (row) return call(updatePartner, { params: { partnerId: row.id }, body: { version: row.version, ...partnerBody(values), disabled: values.disabled } })
    const made = await call(createPartner, { body: partnerBody(values) })
    setSecret(made.secret)
    return made.partner
  }
  return (
    <Page layout="fill">
      <PageHeader
        title={t('title')} subtitle={t('partners.about')}
        actions={editable && <Button leftSection={<IconPlus size={16} />} rightSection={<KeyHint keys="n" />} onClick={() => record.open('new')}>{t('partner.new')}</Button>}
      />
      <IntegrationTabs />
      <FilterBar filters={filters} fields={[{ kind: 'flag', name: 'disabled', label: t('partners.only_off') }]} />
      <DataTable
        primary label={t('partners.title')} columns={useColumns()} source={source} rowKey={({ id }) => id} href={({ id }) => record.hrefOf(id)}
        rowTone={(partner) => ({ open: 'red' as const, trying: 'amber' as const, failing: 'amber' as const, off: null, well: null, new: null })[healthOf(partner)]}
        empty={<EmptyState icon={IconPlugConnected} title={t(filters.values.disabled ? 'partners.none_off' : 'partners.empty')} text={filters.values.disabled ? undefined : t('partners.empty_text')} />}
      />
      <RecordPanel<Partner, PartnerValues>
        record={record} editable={editable} saveLabel={t('partner.save')} onClearFilters={filters.clear} save={save}
        title={(row) => row?.name ?? t('partner.new')} values={partnerValues}
        validate={(values) => ({
          name: values.name.trim() === '' ? t('partner.name_needed') : null,
          url: /^https?:\/\/[^\s@]+$/.test(values.url.trim()) ? null : t('partner.url_needed'),
          actions: values.actions.length === 0 ? t('partner.actions_needed') : null,
          headers: badHeader(values.headers) === undefined ? null : t('partner.header_wrong', { line: badHeader(values.headers) }),
        })}
        onSaved={() => {
          toastDone(t('partner.saved'))
          void queryClient.invalidateQueries({ queryKey: routeKey(listPartners) })
          record.close()
        }}
        fields={(form, row) => <PartnerFields form={form} row={row} onSecret={setSecret} />}
      />
      <OnceDialog
        title={t('secret.once')} text={t('secret.once_about')} secrets={secret === null ? null : { [t('secret.one')]: secret }} onClose={() => setSecret(null)}
      />
    </Page>
  )
}

function useColumns(): Column<Partner>[] {
  const { t } = useTranslation('integrations')
  const { number } = useFormat()
  return [
    {
      key: 'name', header: t('partner.name'), least: 200, title: ({ name, url }) => `${name} ${url}`,
      cell: ({ name, url }) => <><b>{name}</b><br /><span className={classes.quiet}>{URL.canParse(url) ? new URL(url).host : url}</span></>,
    },
    {
      key: 'health', header: t('partner.health'), width: 190,
      cell: (partner) => <><HealthMark partner={partner} />{partner.health.trouble && <><br /><span className={classes.quiet}>{partner.health.trouble}</span></>}</>,
    },
    {
      key: 'actions', header: t('partner.actions'), least: 200, minScreen: 1000, title: ({ actions }) => actions.join(', '),
      cell: ({ actions, organisation }) => <>{t('partner.events', { count: actions.length })}{organisation && <><br /><span className={classes.quiet}>{organisation.name}</span></>}</>,
    },
    { key: 'waiting', header: t('state.pending'), width: 84, align: 'right', cell: ({ health }) => number(health.waiting) },
    { key: 'failed', header: t('state.failed'), width: 90, align: 'right', cell: ({ health }) => number(health.failed) },
    { key: 'today', header: t('partner.today'), width: 120, align: 'right', minScreen: 900, cell: ({ health }) => number(health.deliveredToday) },
    { key: 'last', header: t('partner.last'), width: 130, cell: ({ health }) => <DateTime at={health.lastSuccessAt} show="relative" /> },
  ]
}
