import { listDoctors, listOrganisations, listPanels, listTests } from '@aliquot/contracts'
import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { RemoteSelect, type Choice, type RecordForm } from '../../../ui/index.ts'
import classes from '../integrations.module.css'
import type { CodeRow, EndpointValues } from './endpoint-values.ts'

const kinds = ['test', 'panel', 'organisation', 'doctor'] as const

/** What the partner's codes mean here. What is not mapped is looked up among our own codes. */
export function CodeList({ form }: { form: RecordForm<EndpointValues> }) {
  const { t } = useTranslation('integrations')
  const { codes } = form.getValues()
  return (
    <>
      {codes.length > 0 && (
        <div className={classes.codes}>
          {codes.map((row, index) => (
            <Fragment key={index}>
              <Select
                aria-label={t('code.kind')} allowDeselect={false} data={kinds.map((value) => ({ value, label: t(`code.${value}`) }))} value={row.kind}
                onChange={(kind) => kind && form.setFieldValue(`codes.${index}`, { ...row, kind, ours: null })}
              />
              <TextInput aria-label={t('code.theirs')} placeholder={t('code.theirs')} maxLength={80} {...form.getInputProps(`codes.${index}.theirs`)} />
              <Ours row={row} onChange={(ours) => form.setFieldValue(`codes.${index}.ours`, ours)} />
              <ActionIcon variant="subtle" color="gray" mt={4} aria-label={t('code.remove', { code: row.theirs })} onClick={() => form.removeListItem('codes', index)}>
                <IconX size={16} />
              </ActionIcon>
            </Fragment>
          ))}
        </div>
      )}
      <Button
        size="xs" variant="default" leftSection={<IconPlus size={15} />} onClick={() => form.insertListItem('codes', { kind: 'test', theirs: '', ours: null } satisfies CodeRow)}
      >
        {t('code.add')}
      </Button>
    </>
  )
}

function Ours({ row, onChange }: { row: CodeRow; onChange: (ours: Choice<never> | null) => void }) {
  const { t } = useTranslation('integrations')
  const take = (choice: { id: number; label: string } | null) => onChange(choice && { id: choice.id, label: choice.label })
  const shared = { 'aria-label': t('code.ours'), placeholder: t('code.ours'), value: row.ours, onChange: take } as const
  const choice = ({ id, name, code }: { id: number; name: string; code?: string }) => ({ id, label: name, hint: code })
  switch (row.kind) {
    case 'test': return <RemoteSelect {...shared} route={listTests} input={(q) => ({ query: { q, limit: 20 } })} items={({ items }) => items} choice={choice} />
    case 'panel': return <RemoteSelect {...shared} route={listPanels} input={(q) => ({ query: { q, limit: 20 } })} items={({ items }) => items} choice={choice} />
    case 'organisation':
      return <RemoteSelect {...shared} route={listOrganisations} input={(q) => ({ query: { q, limit: 20 } })} items={({ items }) => items} choice={choice} />
    case 'doctor': return <RemoteSelect {...shared} route={listDoctors} input={(q) => ({ query: { q, limit: 20 } })} items={({ items }) => items} choice={({ id, name }) => ({ id, label: name })} />
  }
}
