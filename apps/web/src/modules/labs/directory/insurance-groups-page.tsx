import { createInsuranceGroup, listInsuranceGroups, updateInsuranceGroup, type InsuranceGroup } from '@aliquot/contracts'
import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { call, useFilters, useInfinitePages, useSession } from '../../../platform/index.ts'
import { FieldRow, type Column } from '../../../ui/index.ts'
import { insuranceGroupFilters } from '../filters.ts'
import { DirectoryPage } from './directory-page.tsx'
import { ContactFields, contactBody, contactOf, DisabledField, orNull, strong, useFilled, useStatusColumn } from './fields.tsx'

export function InsuranceGroupsPage() {
  const { t } = useTranslation('labs')
  const { can } = useSession()
  const filled = useFilled()
  const filters = useFilters(insuranceGroupFilters)
  const source = useInfinitePages(listInsuranceGroups, { query: filters.values }, { live: ['insurance_group'] })
  const columns: Column<InsuranceGroup>[] = [
    { key: 'name', header: t('insurance.one'), least: 220, cell: ({ name }) => strong(name), title: ({ name }) => name },
    { key: 'code', header: t('field.code'), width: 130, cell: ({ code }) => code ?? '–' },
    { key: 'payer', header: t('insurance.payerId'), width: 150, cell: ({ payerId }) => payerId ?? '–' },
    { key: 'contact', header: t('field.contactName'), width: 180, minScreen: 1000, cell: ({ contactName }) => contactName ?? '–' },
    { key: 'phone', header: t('field.phone'), width: 160, minScreen: 1000, cell: ({ phone }) => phone ?? '–' },
    useStatusColumn(),
  ]
  return (
    <DirectoryPage
      kind="insurance-groups" list={listInsuranceGroups} source={source} columns={columns} filters={filters} editable={can('labs.manage_directory')}
      words={{
        new: t('insurance.new'), save: t('insurance.save'), saved: (name) => t('directory.saved', { name }), search: t('insurance.search'),
        none: t('insurance.none'), noneText: t('insurance.none_text'),
      }}
      values={(row) => ({
        name: row?.name ?? '', code: row?.code ?? '', payerId: row?.payerId ?? '', ...contactOf(row), disabled: row?.disabled ?? false,
      })}
      validate={(values) => filled(values, 'name')}
      save={({ name, code, payerId, disabled, ...contact }, row) => {
        const body = { name, code: orNull(code), payerId: orNull(payerId), disabled, ...contactBody(contact) }
        return row
          ? call(updateInsuranceGroup, { params: { insuranceGroupId: row.id }, body: { version: row.version, ...body } })
          : call(createInsuranceGroup, { body })
      }}
      fields={(form) => (
        <>
          <TextInput label={t('field.name')} withAsterisk maxLength={160} data-autofocus {...form.getInputProps('name')} />
          <FieldRow>
            <TextInput label={t('field.code')} maxLength={32} {...form.getInputProps('code')} />
            <TextInput label={t('insurance.payerId')} description={t('insurance.payerId_about')} maxLength={60} {...form.getInputProps('payerId')} />
          </FieldRow>
          <ContactFields form={form} />
          <DisabledField form={form} />
        </>
      )}
    />
  )
}
