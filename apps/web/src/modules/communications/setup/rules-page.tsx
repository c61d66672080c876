import { getMessageSettings, updateMessageSettings, type MessageSettings } from '@aliquot/contracts'
import { NumberInput, Radio, Switch, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { useRouteMutation, useRouteQuery, useUnsavedGuard } from '../../../platform/index.ts'
import { FieldRow, Form, FormFooter, FormSection, Loaded, Page, PageHeader, SaveButton } from '../../../ui/index.ts'
import { MessageTabs } from '../message-tabs.tsx'

export function RulesPage() {
  const { t } = useTranslation('communications')
  const query = useRouteQuery(getMessageSettings, {}, { live: ['lab'] })
  return (
    <Page layout="narrow">
      <PageHeader title={t('title')} subtitle={t('about')} />
      <MessageTabs />
      <Loaded query={query}>{(settings) => <Rules key={settings.version} settings={settings} />}</Loaded>
    </Page>
  )
}

/** An empty time is none. */
const orNull = (time: string | null): string | null => time || null

function Rules({ settings }: { settings: MessageSettings }) {
  const { t } = useTranslation('communications')
  const { version, ...initialValues } = { ...settings, quietFrom: settings.quietFrom ?? '', quietTo: settings.quietTo ?? '' }
  const form = useForm({ initialValues })
  const { guard, release } = useUnsavedGuard(form.isDirty())
  const save = useRouteMutation(updateMessageSettings, { form, done: t('rules.saved'), refreshes: [getMessageSettings], onSuccess: release })
  return (
    <Form saveLabel={t('rules.save')} onSubmit={form.onSubmit((values) => save.mutate({ body: { version, ...values, quietFrom: orNull(values.quietFrom), quietTo: orNull(values.quietTo) } }))}>
      {guard}
      <FormSection title={t('rules.quiet')} text={t('rules.quiet_about')}>
        <FieldRow>
          <TextInput type="time" label={t('rules.from')} description={t('rules.quiet_none')} {...form.getInputProps('quietFrom')} />
          <TextInput type="time" label={t('rules.to')} description={t('rules.quiet_none')} {...form.getInputProps('quietTo')} />
        </FieldRow>
      </FormSection>
      <FormSection title={t('rules.consent')} text={t('rules.consent_about')}>
        <Radio.Group {...form.getInputProps('withoutConsent')}>
          <Radio value="withhold" label={t('rules.withhold')} mb={8} />
          <Radio value="send" label={t('rules.send')} />
        </Radio.Group>
      </FormSection>
      <FormSection title={t('rules.limits')} text={t('rules.limits_about')}>
        <FieldRow>
          <NumberInput label={t('rules.most')} min={1} max={1000} allowDecimal={false} {...form.getInputProps('mostPerHour')} />
          <TextInput label={t('rules.country')} maxLength={4} {...form.getInputProps('countryCode')} />
        </FieldRow>
      </FormSection>
      <FormSection title={t('rules.links')} text={t('rules.links_about')}>
        <NumberInput label={t('rules.days')} min={1} max={365} allowDecimal={false} {...form.getInputProps('linkDays')} />
        <Switch label={t('rules.birth_date')} {...form.getInputProps('linkAsksBirthDate', { type: 'checkbox' })} />
      </FormSection>
      <FormFooter><SaveButton loading={save.isPending} disabled={!form.isDirty()}>{t('rules.save')}</SaveButton></FormFooter>
    </Form>
  )
}
