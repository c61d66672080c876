import {
  createTrigger, installTemplates, listTemplates, listTriggers, MessageEvent, RecipientKind, suitsEvent, updateTrigger, type MessageTrigger,
} from '@aliquot/contracts'
import { Button, Checkbox, MultiSelect, NumberInput, Select, Switch, TextInput } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { call, useInfinitePages, useRouteMutation, useSession } from '../../../platform/index.ts'
import { FieldRow, ToneBadge, type Column, type RecordForm } from '../../../ui/index.ts'
import { ChannelMark } from '../looks.tsx'
import classes from '../messages.module.css'
import { SetupPage } from './setup-page.tsx'
import { bodyOf, valuesOf, type TriggerValues } from './trigger-values.ts'
import { TryTrigger } from './try-trigger.tsx'

export function TriggersPage() {
  const { t } = useTranslation('communications')
  const { can } = useSession()
  const source = useInfinitePages(listTriggers, { query: {} }, { live: ['trigger', 'template'] })
  const install = useRouteMutation(installTemplates, { done: ({ templates, triggers }) => t('trigger.installed', { templates, triggers }), refreshes: [listTriggers, listTemplates] })
  const columns: Column<MessageTrigger>[] = [
    {
      key: 'on', header: '', width: 74,
      cell: ({ disabled }) => <ToneBadge tone={disabled ? 'neutral' : 'green'}>{t(disabled ? 'trigger.off' : 'trigger.on')}</ToneBadge>,
    },
    {
      key: 'name', header: t('trigger.one'), least: 210, title: ({ name }) => name,
      cell: ({ name, event }) => <><b>{name}</b><br /><span className={classes.quiet}>{t(`event.${event}`)}</span></>,
    },
    {
      key: 'to', header: t('trigger.recipients'), least: 130, cell: ({ recipients }) => recipients.map(({ kind, name }) => name ?? t(`recipient.${kind}`)).join(', '),
    },
    {
      key: 'words', header: t('trigger.templates'), least: 190, title: ({ templates }) => templates.map(({ name }) => name).join(', '),
      cell: ({ templates }) => <span className={classes.picker}>{templates.map(({ id, channel }) => <ChannelMark key={id} channel={channel} />)}</span>,
    },
    {
      key: 'delay', header: t('trigger.delay'), width: 160, minScreen: 1000,
      cell: ({ delayMinutes }) => (delayMinutes === 0 ? t('trigger.wait_now') : t('trigger.wait', { count: delayMinutes })),
    },
  ]
  return (
    <SetupPage<MessageTrigger, TriggerValues>
      kind="triggers" list={listTriggers} source={source} columns={columns} editable={can('communications.manage')} values={valuesOf}
      words={{ new: t('trigger.new'), save: t('trigger.save'), saved: (name) => t('trigger.saved', { name }), none: t('trigger.none'), noneText: t('trigger.none_text') }}
      actions={source.rows.length === 0 && source.status === 'ready' && (
        <Button variant="default" leftSection={<IconDownload size={16} />} loading={install.isPending} onClick={() => install.mutate({ body: {} })}>{t('trigger.install')}</Button>
      )}
      save={(values, row) => (row ? call(updateTrigger, { params: { triggerId: row.id }, body: { version: row.version, ...bodyOf(values) } }) : call(createTrigger, { body: bodyOf(values) }))}
      fields={(form) => <TriggerFields form={form} />}
    />
  )
}

function TriggerFields({ form }: { form: RecordForm<TriggerValues> }) {
  const { t } = useTranslation('communications')
  const templates = useInfinitePages(listTemplates, { query: { limit: 200, disabled: false } }, { live: ['template'] })
  const values = form.getValues()
  const suiting = templates.rows.filter(({ scope }) => suitsEvent(scope, values.event))
  return (
    <div className={classes.stack}>
      <Switch label={t('trigger.on')} checked={!values.disabled} onChange={(event) => form.setFieldValue('disabled', !event.currentTarget.checked)} />
      <TextInput label={t('trigger.name')} withAsterisk maxLength={80} data-autofocus {...form.getInputProps('name')} />
      <Select
        label={t('trigger.event')} allowDeselect={false} data={MessageEvent.enum.map((value) => ({ value, label: t(`event.${value}`) }))} value={values.event}
        onChange={(event) => event && form.setValues({ event: event as MessageEvent, templateIds: [] })}
      />
      <Checkbox.Group
        label={t('trigger.recipients')} value={values.kinds} error={form.errors.recipients}
        onChange={(kinds) => form.setFieldValue('kinds', kinds as TriggerValues['kinds'])}
      >
        <div className={classes.picker} style={{ gap: 14, marginTop: 6 }}>
          {RecipientKind.enum.map((kind) => <Checkbox key={kind} value={kind} label={t(`recipient.${kind}`)} />)}
        </div>
      </Checkbox.Group>
      {values.kinds.includes('fixed') && (
        <>
          <TextInput label={t('trigger.fixed_name')} maxLength={120} {...form.getInputProps('fixed.name')} />
          <FieldRow>
            <TextInput label={t('trigger.fixed_email')} type="email" maxLength={254} {...form.getInputProps('fixed.email')} />
            <TextInput label={t('trigger.fixed_phone')} type="tel" maxLength={24} {...form.getInputProps('fixed.phone')} />
          </FieldRow>
        </>
      )}
      <MultiSelect
        label={t('trigger.templates')} description={t('trigger.templates_about')} withAsterisk error={form.errors.templateIds} maxValues={6} searchable
        data={suiting.map(({ id, name }) => ({ value: String(id), label: name }))} value={values.templateIds.map(String)}
        onChange={(ids) => form.setFieldValue('templateIds', ids.map(Number))}
      />
      <NumberInput label={t('trigger.delay')} description={t('trigger.delay_about')} min={0} max={43_200} allowDecimal={false} {...form.getInputProps('delayMinutes')} />
      <Switch label={t('trigger.attach')} description={t('trigger.attach_about')} {...form.getInputProps('attachReport', { type: 'checkbox' })} />
      <Switch label={t('trigger.breaks')} description={t('trigger.breaks_about')} {...form.getInputProps('breaksQuietHours', { type: 'checkbox' })} />
      <TryTrigger values={values} />
    </div>
  )
}
