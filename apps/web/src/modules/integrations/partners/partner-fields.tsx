import { integrationEvents, listOrganisations, type IntegrationEvent, type Partner } from '@aliquot/contracts'
import { Fieldset, MultiSelect, NumberInput, Switch, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { FieldRow, RemoteSelect, type RecordForm } from '../../../ui/index.ts'
import classes from '../integrations.module.css'
import { PartnerHealth } from './partner-health.tsx'
import type { PartnerValues } from './partner-values.ts'

interface PartnerFieldsProps {
  form: RecordForm<PartnerValues>
  row: Partner | null
  onSecret: (secret: string) => void
}

export function PartnerFields({ form, row, onSecret }: PartnerFieldsProps) {
  const { t } = useTranslation('integrations')
  const subjects = [...new Set(Object.values(integrationEvents).map(({ subject }) => subject))]
  const events = subjects.map((subject) => ({
    group: t(`subject.${subject}`),
    items: (Object.keys(integrationEvents) as IntegrationEvent[]).filter((action) => integrationEvents[action].subject === subject)
      .map((action) => ({ value: action, label: t(`action.${action.replace('.', '_') as 'reports_signed'}`) })),
  }))
  return (
    <>
      {row && <PartnerHealth partner={row} onSecret={onSecret} />}
      <TextInput label={t('partner.name')} withAsterisk maxLength={80} data-autofocus {...form.getInputProps('name')} />
      <TextInput label={t('partner.url')} withAsterisk maxLength={500} placeholder="https://example.org/aliquot" {...form.getInputProps('url')} />
      <MultiSelect label={t('partner.actions')} withAsterisk searchable data={events} hidePickedOptions {...form.getInputProps('actions')} />
      <RemoteSelect
        label={t('partner.organisation')} description={t('partner.organisation_about')} route={listOrganisations} input={(q) => ({ query: { q, limit: 20, disabled: false } })}
        items={({ items }) => items} choice={({ id, name }) => ({ id, label: name })} {...form.getInputProps('organisation')}
      />
      <Textarea
        label={t('partner.headers')} autosize minRows={1} maxRows={5} placeholder="Authorization: Bearer …" {...form.getInputProps('headers')}
        description={row && row.headerNames.length > 0 ? t('partner.headers_set', { names: row.headerNames.join(', ') }) : t('partner.headers_about')}
      />
      <Switch label={t('partner.hide_personal')} description={t('partner.hide_personal_about')} {...form.getInputProps('hidePersonal', { type: 'checkbox' })} />
      <Fieldset legend={t('partner.retry')}>
        <p className={classes.about}>{t('partner.retry_about')}</p>
        <TagsInput label={t('partner.retry_on')} {...form.getInputProps('retryOn')} />
        <FieldRow>
          <NumberInput label={t('partner.attempts')} min={1} max={50} {...form.getInputProps('attempts')} />
          <NumberInput label={t('partner.first_delay')} min={1} max={3600} suffix=" s" {...form.getInputProps('firstDelaySeconds')} />
          <NumberInput label={t('partner.timeout')} min={1} max={30} suffix=" s" {...form.getInputProps('timeoutSeconds')} />
        </FieldRow>
      </Fieldset>
      {row && <Switch label={t('partner.off')} description={t('partner.off_about')} {...form.getInputProps('disabled', { type: 'checkbox' })} />}
    </>
  )
}
