import { IdProofType, listDoctors, listOrganisations, PatientSource } from '@aliquot/contracts'
import { Autocomplete, NativeSelect, Select, Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { PlaceholderBar } from '../../missing-details/index.ts'
import { FieldRow, FormSection, RemoteSelect } from '../../../ui/index.ts'
import { BirthFields } from './birth-fields.tsx'
import classes from './form.module.css'
import { InsuranceFields } from './insurance-fields.tsx'
import type { PatientValues } from './patient-values.ts'
import { isEmptyField, putPlaceholder } from './put-placeholder.ts'
import { SexField } from './sex-field.tsx'

interface PatientFieldsProps {
  form: UseFormReturnType<PatientValues>
  /** Fields that this person may not change any more. */
  locked?: readonly string[]
  /** Below the fields that tell people apart: who is registered already. */
  similar?: ReactNode
  /** More sections, before the notes. */
  children?: ReactNode
}

const sexOfTitle: Record<string, 'male' | 'female'> = { Mr: 'male', Master: 'male', Mrs: 'female', Ms: 'female', Miss: 'female' }
const titles = ['Mr', 'Mrs', 'Ms', 'Miss', 'Master', 'Baby of', 'Dr']

/** All details of a patient, in the order in which a clerk asks for them. */
export function PatientFields({ form, locked = [], similar, children }: PatientFieldsProps) {
  const { t } = useTranslation('patients')
  const isLocked = (field: string) => locked.includes(field)
  const note = (field: string) => (isLocked(field) ? t('edit.locked') : undefined)
  const choice = (item: { id: number; name: string }, hint: string | null) => ({ id: item.id, label: item.name, ...(hint ? { hint } : {}) })
  return (
    <>
      <PlaceholderBar
        module="patients" isEmpty={(name) => !isLocked(name) && isEmptyField(form, name, children !== undefined)} put={(offer) => putPlaceholder(form, offer)}
      />
      <FormSection title={t('section.person')} text={t('section.person_text')}>
        <div className={classes.name}>
          <Autocomplete
            label={t('field.title')} data={titles} maxLength={20} {...form.getInputProps('title')}
            onChange={(title) => {
              form.setFieldValue('title', title)
              const sex = sexOfTitle[title]
              if (sex && form.values.sex === null) form.setFieldValue('sex', sex)
            }}
          />
          <TextInput
            label={t('field.fullName')} withAsterisk maxLength={160} autoComplete="off" spellCheck={false} data-autofocus autoFocus
            disabled={isLocked('fullName')} description={note('fullName')}
            {...form.getInputProps('fullName')}
          />
        </div>
        <SexField
          value={form.values.sex} onChange={(sex) => form.setFieldValue('sex', sex)} error={form.errors.sex} disabled={isLocked('sex')}
          note={note('sex')}
        />
        <BirthFields form={form} disabled={isLocked('birthDate')} note={note('birthDate')} />
        <FieldRow>
          <TextInput label={t('field.phone')} type="tel" maxLength={24} autoComplete="off" {...form.getInputProps('phone')} />
          <TextInput label={t('field.email')} type="email" maxLength={254} autoComplete="off" {...form.getInputProps('email')} />
        </FieldRow>
        {similar}
      </FormSection>
      <FormSection title={t('section.referral')} text={t('section.referral_text')}>
        <FieldRow>
          <RemoteSelect
            {...form.getInputProps('doctor')} label={t('field.doctor')} placeholder={t('field.doctor_none')} route={listDoctors}
            input={(q) => ({ query: { ...(q ? { q } : {}), limit: 20, disabled: false } })} items={(page) => page.items}
            choice={(doctor) => choice(doctor, [doctor.speciality, doctor.organisation?.name].filter(Boolean).join(' · '))}
          />
          <RemoteSelect
            {...form.getInputProps('organisation')} label={t('field.organisation')} placeholder={t('field.organisation_none')}
            route={listOrganisations}
            input={(q) => ({ query: { ...(q ? { q } : {}), limit: 20, disabled: false } })} items={(page) => page.items}
            choice={(organisation) => choice(organisation, organisation.code)}
          />
        </FieldRow>
      </FormSection>
      <FormSection title={t('section.address')}>
        <Textarea label={t('field.address')} autosize minRows={1} maxRows={4} maxLength={400} {...form.getInputProps('address')} />
        <FieldRow>
          <TextInput label={t('field.city')} maxLength={80} {...form.getInputProps('city')} />
          <TextInput label={t('field.pincode')} maxLength={16} inputMode="numeric" {...form.getInputProps('pincode')} />
        </FieldRow>
      </FormSection>
      <FormSection title={t('section.identity')} text={t('section.identity_text')}>
        <FieldRow>
          <Select
            label={t('field.nationalIdType')} clearable searchable disabled={isLocked('nationalId')} placeholder={t('field.nationalIdType_none')}
            data={IdProofType.enum.map((value) => ({ value, label: t(`proof.${value}`) }))} {...form.getInputProps('nationalIdType')}
          />
          <TextInput
            label={t('field.nationalId')} maxLength={60} autoComplete="off" spellCheck={false} disabled={isLocked('nationalId')}
            description={note('nationalId')} {...form.getInputProps('nationalId')}
          />
        </FieldRow>
        {children}
      </FormSection>
      <FormSection title={t('section.insurance')} text={t('section.insurance_text')}>
        <InsuranceFields form={form} />
      </FormSection>
      <FormSection title={t('section.more')}>
        <Textarea
          label={t('field.notes')} description={t('field.notes_text')} autosize minRows={2} maxRows={8} maxLength={2000}
          {...form.getInputProps('notes')}
        />
        <FieldRow>
          <NativeSelect
            label={t('field.source')} data={PatientSource.enum.map((value) => ({ value, label: t(`source.${value}`) }))}
            {...form.getInputProps('source')}
          />
        </FieldRow>
      </FormSection>
    </>
  )
}
