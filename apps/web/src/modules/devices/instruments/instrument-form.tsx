import { listDepartments, listProfiles } from '@aliquot/contracts'
import { NumberInput, Select, Switch, TagsInput, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../platform/index.ts'
import { FieldRow, FormSection } from '../../../ui/index.ts'
import { useAllPages } from '../use-all-pages.ts'
import { AutomationFields } from './automation-fields.tsx'
import type { InstrumentValues } from './instrument-values.ts'

/** What an instrument is, where it is heard, and what may happen without a person. */
export function InstrumentFields({ form }: { form: UseFormReturnType<InstrumentValues> }) {
  const { t } = useTranslation('devices')
  const { can } = useSession()
  const profiles = useAllPages(listProfiles, { query: { limit: 200 } }, { live: ['instrument'] })
  const departments = useAllPages(listDepartments, { query: { limit: 200, disabled: false } }, { enabled: can('labs.view_directory'), live: ['department'] })
  const choices = (rows: readonly { id: number; name: string }[]) => rows.map(({ id, name }) => ({ value: String(id), label: name }))
  return (
    <>
      <FormSection title={t('instrument.what')} text={t('instrument.what_about')}>
        <FieldRow>
          <TextInput label={t('instrument.name')} withAsterisk maxLength={80} data-autofocus {...form.getInputProps('name')} />
          <TextInput
            label={t('instrument.code')} withAsterisk maxLength={32} description={t('instrument.code_about')} {...form.getInputProps('code')}
          />
        </FieldRow>
        <FieldRow columns={3}>
          <TextInput label={t('instrument.model')} maxLength={80} {...form.getInputProps('model')} />
          <TextInput label={t('instrument.serial')} maxLength={80} {...form.getInputProps('serial')} />
          <Select label={t('instrument.department')} clearable searchable data={choices(departments.rows)} {...form.getInputProps('departmentId')} />
        </FieldRow>
      </FormSection>
      <FormSection title={t('instrument.line')} text={t('instrument.line_about')}>
        <FieldRow>
          <Select
            label={t('instrument.profile')} withAsterisk searchable data={choices(profiles.rows)} description={t('instrument.profile_about')}
            {...form.getInputProps('profileId')}
          />
          <NumberInput
            label={t('instrument.port')} withAsterisk min={1024} max={65_535} allowDecimal={false} hideControls
            description={t('instrument.port_about')} {...form.getInputProps('port')}
          />
        </FieldRow>
        <TagsInput
          label={t('instrument.peers')} maxTags={20} splitChars={[',', ' ', ';']} description={t('instrument.peers_about')}
          {...form.getInputProps('peers')}
        />
        <Switch
          label={t('instrument.disabled')} description={t('instrument.disabled_about')} {...form.getInputProps('disabled', { type: 'checkbox' })}
        />
      </FormSection>
      <FormSection title={t('auto.title')} text={t('auto.about')}><AutomationFields form={form} /></FormSection>
    </>
  )
}
