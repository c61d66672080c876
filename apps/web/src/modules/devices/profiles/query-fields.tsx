import type { DeviceProfile } from '@aliquot/contracts'
import { NativeSelect, Switch, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { FieldRow } from '../../../ui/index.ts'
import { ExtractField } from './extract-field.tsx'

type Query = NonNullable<DeviceProfile['query']>

const dialects = ['astm', 'hl7_qry', 'hl7_qbp', 'hl7_orm'] as const
const noOrders = ['terminator', 'order_y', 'order_z', 'empty'] as const

interface QueryFieldsProps {
  query: DeviceProfile['query']
  protocol: DeviceProfile['protocol']
  onChange: (query: DeviceProfile['query']) => void
}

/** How the instrument asks what is ordered for a tube, and how it wants the answer. */
export function QueryFields({ query, protocol, onChange }: QueryFieldsProps) {
  const { t } = useTranslation('devices')
  const usual: Query = protocol === 'hl7'
    ? { dialect: 'hl7_qbp', sample: { from: ['QPD-3.1'] }, testCode: '{code}', noOrder: 'empty', actionCode: 'A' }
    : { dialect: 'astm', sample: { from: ['Q-3.2', 'Q-3.1'] }, testCode: '^^^{code}', noOrder: 'terminator', actionCode: 'N' }
  const change = (next: Partial<Query>) => query && onChange({ ...query, ...next })
  return (
    <>
      <Switch
        label={t('query.on')} description={t('query.on_about')} checked={query !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? usual : null)}
      />
      {query && (
        <>
          <ExtractField needed label={t('query.sample')} value={query.sample} onChange={(sample) => sample && change({ sample })} />
          <FieldRow>
            <NativeSelect
              label={t('query.dialect')} value={query.dialect} data={dialects.map((value) => ({ value, label: t(`query.dialects.${value}`) }))}
              onChange={(event) => change({ dialect: event.currentTarget.value as Query['dialect'] })}
            />
            <NativeSelect
              label={t('query.no_order')} value={query.noOrder} data={noOrders.map((value) => ({ value, label: t(`query.no_orders.${value}`) }))}
              onChange={(event) => change({ noOrder: event.currentTarget.value as Query['noOrder'] })}
            />
            <TextInput
              label={t('query.test_code')} description={t('query.test_code_about')} maxLength={80} value={query.testCode}
              error={query.testCode.includes('{code}') ? null : t('query.test_code_missing')}
              onChange={(event) => change({ testCode: event.currentTarget.value })}
            />
            <TextInput
              label={t('query.action_code')} maxLength={2} value={query.actionCode}
              onChange={(event) => change({ actionCode: event.currentTarget.value })}
            />
          </FieldRow>
        </>
      )}
    </>
  )
}
