import { createEndpoint, InboundOperation, listEndpoints, listStaff, updateEndpoint, Verification, type Endpoint } from '@aliquot/contracts'
import { Button, Checkbox, Fieldset, Select, Stack, Switch, TextInput } from '@mantine/core'
import { IconPlus, IconWebhook } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, queryClient, routeKey, toastDone, useFormat, useInfinitePages, useSession, useShortcuts } from '../../../platform/index.ts'
import {
  DataTable, DateTime, EmptyState, KeyHint, Page, PageHeader, RecordPanel, RemoteSelect, ToneBadge, useOpenedRecord, type Column, type RecordForm,
} from '../../../ui/index.ts'
import classes from '../integrations.module.css'
import { OnceDialog } from '../once-dialog.tsx'
import { IntegrationTabs } from '../tabs.tsx'
import { CodeList } from './code-list.tsx'
import { codesOf, endpointValues, type EndpointValues } from './endpoint-values.ts'

/** Addresses where partners tell the lab. */
export function EndpointsPage() {
  const { t } = useTranslation('integrations')
  const { can } = useSession()
  const source = useInfinitePages(listEndpoints, {}, { live: ['endpoint'] })
  const record = useOpenedRecord('/integrations/inbound', source)
  const [made, setMade] = useState<{ url: string; secret: string } | null>(null)
  const editable = can('integrations.manage')
  useShortcuts(editable ? [{ keys: 'n', label: t('endpoint.new'), run: () => record.open('new') }] : [])
  const save = async (values: EndpointValues, row: Endpoint | null) => {
    const body = { name: values.name.trim(), verification: values.verification, accountId: values.account?.id ?? 0, operations: values.operations }
    if (row) {
      return call(updateEndpoint, { params: { endpointId: row.id }, body: { version: row.version, ...body, disabled: values.disabled, codes: codesOf(values) } })
    }
    const opened = await call(createEndpoint, { body })
    setMade(opened)
    const codes = codesOf(values)
    const { id: endpointId, version } = opened.endpoint
    return codes.length === 0 ? opened.endpoint : call(updateEndpoint, { params: { endpointId }, body: { version, codes } })
  }
  return (
    <Page layout="fill">
      <PageHeader
        title={t('inbound.title')} subtitle={t('inbound.about')}
        actions={editable && <Button leftSection={<IconPlus size={16} />} rightSection={<KeyHint keys="n" />} onClick={() => record.open('new')}>{t('endpoint.new')}</Button>}
      />
      <IntegrationTabs />
      <DataTable
        primary label={t('inbound.title')} columns={useColumns()} source={source} rowKey={({ id }) => id} href={({ id }) => record.hrefOf(id)}
        empty={<EmptyState icon={IconWebhook} title={t('inbound.empty')} text={t('inbound.empty_text')} />}
      />
      <RecordPanel<Endpoint, EndpointValues>
        record={record} editable={editable} saveLabel={t('endpoint.save')} onClearFilters={() => {}} save={save} title={(row) => row?.name ?? t('endpoint.new')} values={endpointValues}
        validate={(values) => ({
          name: values.name.trim() === '' ? t('partner.name_needed') : null, account: values.account === null ? t('endpoint.account_needed') : null,
          operations: values.operations.length === 0 ? t('endpoint.operations_needed') : null,
        })}
        onSaved={() => {
          toastDone(t('endpoint.saved'))
          void queryClient.invalidateQueries({ queryKey: routeKey(listEndpoints) })
          record.close()
        }}
        fields={(form, row) => <Fields form={form} row={row} />}
      />
      <OnceDialog
        title={t('endpoint.once')} text={t('endpoint.once_about')} onClose={() => setMade(null)}
        secrets={made && { [t('endpoint.address')]: made.url, [t('secret.one')]: made.secret }}
      />
    </Page>
  )
}

function Fields({ form, row }: { form: RecordForm<EndpointValues>; row: Endpoint | null }) {
  const { t } = useTranslation('integrations')
  return (
    <>
      <TextInput label={t('partner.name')} withAsterisk maxLength={80} data-autofocus {...form.getInputProps('name')} />
      <Select
        label={t('endpoint.verification')} allowDeselect={false} data={Verification.enum.map((value) => ({ value, label: t(`verification.${value}`) }))}
        description={t(`verification_about.${form.getValues().verification}`)} {...form.getInputProps('verification')}
      />
      <RemoteSelect
        label={t('endpoint.account')} description={t('endpoint.account_about')} withAsterisk route={listStaff} input={(q) => ({ query: { q, kind: 'integration' as const, limit: 20, disabled: false } })}
        items={({ items }) => items} choice={({ id, name, username }) => ({ id, label: name, hint: username })} {...form.getInputProps('account')}
      />
      <Checkbox.Group label={t('endpoint.operations')} {...form.getInputProps('operations')}>
        <Stack gap={8} mt={6}>{InboundOperation.enum.map((value) => <Checkbox key={value} value={value} label={t(`operation.${value}`)} />)}</Stack>
      </Checkbox.Group>
      <Fieldset legend={t('code.title')}>
        <p className={classes.about}>{t('code.about')}</p>
        <CodeList form={form} />
      </Fieldset>
      {row && <Switch label={t('endpoint.off')} description={t('endpoint.off_about')} {...form.getInputProps('disabled', { type: 'checkbox' })} />}
    </>
  )
}

function useColumns(): Column<Endpoint>[] {
  const { t } = useTranslation('integrations')
  const { number } = useFormat()
  return [
    {
      key: 'name', header: t('partner.name'), least: 180, title: ({ name }) => name,
      cell: ({ name, disabled }) => <><b>{name}</b> {disabled && <ToneBadge tone="neutral">{t('health.off')}</ToneBadge>}</>,
    },
    { key: 'operations', header: t('endpoint.operations'), least: 220, cell: ({ operations }) => operations.map((each) => t(`operation.${each}`)).join(', ') },
    { key: 'account', header: t('endpoint.account'), least: 130, minScreen: 900, cell: ({ account }) => account.name },
    { key: 'codes', header: t('code.title'), width: 90, align: 'right', minScreen: 1000, cell: ({ codes }) => number(codes.length) },
    { key: 'done', header: t('endpoint.done'), width: 100, align: 'right', cell: ({ today }) => number(today.done) },
    {
      key: 'refused', header: t('endpoint.refused'), width: 110, align: 'right',
      cell: ({ today }) => (today.refused > 0 ? <ToneBadge tone="red">{number(today.refused)}</ToneBadge> : <span className={classes.quiet}>0</span>),
    },
    { key: 'last', header: t('partner.last'), width: 130, cell: ({ lastAt }) => <DateTime at={lastAt} show="relative" /> },
  ]
}
