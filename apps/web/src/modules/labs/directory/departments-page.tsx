import { createDepartment, listDepartments, updateDepartment, type Department } from '@aliquot/contracts'
import { NumberInput, Switch, TextInput } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { call, useFilters, useInfinitePages, useSession } from '../../../platform/index.ts'
import { FieldRow, type Column } from '../../../ui/index.ts'
import { departmentFilters } from '../filters.ts'
import { DirectoryPage } from './directory-page.tsx'
import { DisabledField, strong, useFilled, useStatusColumn } from './fields.tsx'

export function DepartmentsPage() {
  const { t } = useTranslation('labs')
  const { can } = useSession()
  const filled = useFilled()
  const filters = useFilters(departmentFilters)
  const source = useInfinitePages(listDepartments, { query: filters.values }, { live: ['department'] })
  const columns: Column<Department>[] = [
    { key: 'sequence', header: t('department.sequence'), width: 80, align: 'right', cell: ({ sequence }) => sequence },
    { key: 'name', header: t('department.one'), least: 220, cell: ({ name }) => strong(name), title: ({ name }) => name },
    { key: 'code', header: t('field.code'), width: 160, cell: ({ code }) => code },
    { key: 'rank', header: t('department.requiredSignRank'), width: 150, align: 'right', cell: ({ requiredSignRank }) => requiredSignRank },
    {
      key: 'radiology', header: t('department.radiology'), width: 110, minScreen: 1000,
      cell: ({ radiology }) => (radiology ? <IconCheck size={16} aria-label={t('department.radiology')} /> : null),
    },
    useStatusColumn(),
  ]
  return (
    <DirectoryPage
      kind="departments" list={listDepartments} source={source} columns={columns} filters={filters} editable={can('labs.manage_departments')}
      words={{ new: t('department.new'), save: t('department.save'), saved: (name) => t('directory.saved', { name }), none: t('department.none'), noneText: t('department.none_text') }}
      values={(row) => ({ name: row?.name ?? '', code: row?.code ?? '', requiredSignRank: row?.requiredSignRank ?? 1, sequence: row?.sequence ?? 10 * (source.rows.length + 1), radiology: row?.radiology ?? false, disabled: row?.disabled ?? false })}
      validate={(values) => filled(values, 'name', 'code', 'requiredSignRank', 'sequence')}
      save={(typed, row) => {
        const body = { ...typed, requiredSignRank: Number(typed.requiredSignRank), sequence: Number(typed.sequence) }
        return row ? call(updateDepartment, { params: { departmentId: row.id }, body: { version: row.version, ...body } }) : call(createDepartment, { body })
      }}
      fields={(form) => (
        <>
          <FieldRow>
            <TextInput label={t('field.name')} withAsterisk maxLength={80} data-autofocus {...form.getInputProps('name')} />
            <TextInput label={t('field.code')} withAsterisk maxLength={32} {...form.getInputProps('code')} />
          </FieldRow>
          <FieldRow>
            <NumberInput label={t('department.requiredSignRank')} description={t('department.rank_about')} min={0} max={9} clampBehavior="strict" allowDecimal={false} {...form.getInputProps('requiredSignRank')} />
            <NumberInput label={t('department.sequence')} description={t('department.sequence_about')} min={0} max={10_000} allowDecimal={false} {...form.getInputProps('sequence')} />
          </FieldRow>
          <Switch
            mb="md" label={t('department.radiology')} description={t('department.radiology_about')} {...form.getInputProps('radiology', { type: 'checkbox' })}
          />
          <DisabledField form={form} />
        </>
      )}
    />
  )
}
