import {
  createProvider, driverFields, listProviders, MessageChannel, testProvider, updateProvider, type MessageProvider, type ProviderConfig, type ProviderSecrets,
} from '@aliquot/contracts'
import { Button, CopyButton, NumberInput, PasswordInput, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { IconCopy, IconSend } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, useInfinitePages, useRouteMutation } from '../../../platform/index.ts'
import { FieldRow, ToneBadge, type Column, type RecordForm } from '../../../ui/index.ts'
import { ChannelMark } from '../looks.tsx'
import classes from '../messages.module.css'
import { bodyOf, valuesOf, type ProviderValues } from './provider-values.ts'
import { SetupPage } from './setup-page.tsx'

export function ProvidersPage() {
  const { t } = useTranslation('communications')
  const source = useInfinitePages(listProviders, { query: {} }, { live: ['provider'] })
  const columns: Column<MessageProvider>[] = [
    { key: 'name', header: t('provider.one'), least: 200, cell: ({ name, driver }) => <><b>{name}</b><br /><span className={classes.quiet}>{t(`driver.${driver}`)}</span></> },
    { key: 'channel', header: t('provider.channel'), width: 150, cell: ({ channel }) => <ChannelMark channel={channel} /> },
    {
      key: 'use', header: t('column.state'), width: 150,
      cell: ({ inUse }) => <ToneBadge tone={inUse ? 'green' : 'neutral'}>{t(inUse ? 'provider.in_use' : 'provider.aside')}</ToneBadge>,
    },
  ]
  return (
    <SetupPage<MessageProvider, ProviderValues>
      kind="providers" list={listProviders} source={source} columns={columns} editable values={valuesOf}
      words={{ new: t('provider.new'), save: t('provider.save'), saved: (name) => t('provider.saved', { name }), none: t('provider.none'), noneText: t('provider.none_text') }}
      save={(values, row) => {
        const { channel, driver, ...body } = bodyOf(values)
        return row
          ? call(updateProvider, { params: { providerId: row.id }, body: { version: row.version, ...body } })
          : call(createProvider, { body: { ...body, channel, driver, secrets: body.secrets } })
      }}
      fields={(form, row) => <ProviderFields form={form} row={row} />}
    />
  )
}

function ProviderFields({ form, row }: { form: RecordForm<ProviderValues>; row: MessageProvider | null }) {
  const { t } = useTranslation('communications')
  const { channel, driver } = form.getValues()
  const drivers = (Object.keys(driverFields) as MessageProvider['driver'][]).filter((name) => driverFields[name].channels.includes(channel))
  const fields = driverFields[driver]
  return (
    <div className={classes.stack}>
      <TextInput label={t('provider.name')} withAsterisk maxLength={80} data-autofocus {...form.getInputProps('name')} />
      <FieldRow>
        <Select
          label={t('provider.channel')} allowDeselect={false} disabled={row !== null} value={channel} error={form.errors.channel}
          data={MessageChannel.enum.map((value) => ({ value, label: t(`channel.${value}`) }))}
          onChange={(next) => {
            if (!next) return
            const first = (Object.keys(driverFields) as MessageProvider['driver'][]).find((name) => driverFields[name].channels.includes(next as MessageChannel))
            form.setValues({ channel: next as MessageChannel, driver: first ?? driver })
          }}
        />
        <Select
          label={t('provider.driver')} allowDeselect={false} disabled={row !== null} data={drivers.map((value) => ({ value, label: t(`driver.${value}`) }))}
          {...form.getInputProps('driver')}
        />
      </FieldRow>
      {[...fields.needs, ...fields.takes].map((name) => <ConfigField key={name} form={form} name={name} needed={fields.needs.includes(name)} />)}
      {[...fields.secrets, ...fields.mayHave].map((name) => (
        <SecretField key={name} form={form} name={name} needed={fields.secrets.includes(name)} isSet={row?.secretsSet.includes(name) ?? false} />
      ))}
      {driver === 'http' && <p className={classes.quiet} style={{ margin: 0 }}>{t('provider.places')}</p>}
      <Switch label={t('provider.in_use')} description={t('provider.in_use_about')} {...form.getInputProps('inUse', { type: 'checkbox' })} />
      {row && driver !== 'smtp' && (
        <TextInput
          label={t('provider.callback')} readOnly value={row.callbackUrl}
          rightSection={<CopyButton value={row.callbackUrl}>{({ copy }) => <IconCopy size={15} onClick={copy} style={{ cursor: 'pointer' }} aria-label="copy" />}</CopyButton>}
        />
      )}
      {row ? <TestProvider row={row} /> : <p className={classes.quiet}>{t('provider.test_save_first')}</p>}
    </div>
  )
}

function ConfigField({ form, name, needed }: { form: RecordForm<ProviderValues>; name: keyof ProviderConfig; needed: boolean }) {
  const { t } = useTranslation('communications')
  const props = { label: t(`provider.field.${name}`), withAsterisk: needed, ...form.getInputProps(`config.${name}`) }
  switch (name) {
    case 'port': return <NumberInput min={1} max={65_535} allowDecimal={false} hideControls {...props} />
    case 'security': return <Select allowDeselect={false} data={(['starttls', 'tls', 'none'] as const).map((value) => ({ value, label: t(`provider.security.${value}`) }))} {...props} />
    case 'method': return <Select allowDeselect={false} data={['POST', 'GET', 'PUT']} {...props} />
    case 'body': return <Textarea autosize minRows={3} maxLength={4000} {...props} />
    case 'headers': return <Textarea autosize minRows={2} description={t('provider.headers_about')} {...props} />
    default: return <TextInput maxLength={1000} {...props} />
  }
}

function SecretField({ form, name, needed, isSet }: { form: RecordForm<ProviderValues>; name: keyof ProviderSecrets; needed: boolean; isSet: boolean }) {
  const { t } = useTranslation('communications')
  return (
    <PasswordInput
      label={t(`provider.secret.${name}`)} withAsterisk={needed && !isSet} autoComplete="off" {...(isSet ? { description: t('provider.secret_set') } : {})}
      {...form.getInputProps(`secrets.${name}`)}
    />
  )
}

function TestProvider({ row }: { row: MessageProvider }) {
  const { t } = useTranslation('communications')
  const [to, setTo] = useState('')
  const test = useRouteMutation(testProvider)
  return (
    <section className={classes.stack} aria-label={t('provider.test')}>
      <div className={classes.side} style={{ alignItems: 'flex-end' }}>
        <TextInput label={t('provider.test_to')} style={{ flex: 1 }} value={to} onChange={(event) => setTo(event.currentTarget.value)} />
        <Button variant="default" leftSection={<IconSend size={15} />} disabled={!to.trim()} loading={test.isPending} onClick={() => test.mutate({ params: { providerId: row.id }, body: { to } })}>
          {t('provider.test_go')}
        </Button>
      </div>
      {test.data && <div><ToneBadge tone={test.data.ok ? 'green' : 'red'}>{t(test.data.ok ? 'provider.test_ok' : 'provider.test_failed')}</ToneBadge><div className={classes.answer}>{test.data.answer}</div></div>}
    </section>
  )
}
