import { listInsuranceGroups, PolicyRelation } from '@aliquot/contracts'
import { ActionIcon, Button, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { DayInput, FieldRow, RemoteSelect } from '../../../ui/index.ts'
import classes from './form.module.css'
import { emptyPolicy, type InsuranceValues } from './insurance-values.ts'
import type { PatientValues } from './patient-values.ts'

const most = 10

/** The policies that cover the patient, the one that is asked first at the top. */
export function InsuranceFields({ form }: { form: UseFormReturnType<PatientValues> }) {
  const { t } = useTranslation('patients')
  const policies = form.values.insuranceList
  const add = () => {
    form.insertListItem('insuranceList', emptyPolicy())
  }
  return (
    <>
      {policies.map((policy, at) => (
        <Policy key={policy.key} form={form} at={at} policy={policy} />
      ))}
      <div>
        <Button variant="default" leftSection={<IconPlus size={15} />} disabled={policies.length >= most} onClick={add}>{t('insurance.add')}</Button>
      </div>
    </>
  )
}

function Policy({ form, at, policy }: { form: UseFormReturnType<PatientValues>; at: number; policy: InsuranceValues }) {
  const { t } = useTranslation('patients')
  const field = (name: keyof InsuranceValues) => form.getInputProps(`insuranceList.${at}.${name}`)
  const name = policy.policyNumber || String(at + 1)
  return (
    <div className={classes.policy} role="group" aria-label={t('insurance.policy', { number: name })}>
      <div className={classes.policyHead}>
        <span>{t('insurance.place', { place: at + 1 })}</span>
        {at > 0 && (
          <ActionIcon
            variant="subtle" color="gray" aria-label={t('insurance.earlier', { number: name })}
            onClick={() => form.reorderListItem('insuranceList', { from: at, to: at - 1 })}
          >
            <IconArrowUp size={17} />
          </ActionIcon>
        )}
        <ActionIcon
          variant="subtle" color="gray" aria-label={t('insurance.remove', { number: name })} onClick={() => form.removeListItem('insuranceList', at)}
        >
          <IconTrash size={17} />
        </ActionIcon>
      </div>
      <FieldRow>
        <RemoteSelect
          {...field('insuranceGroupId')} label={t('insurance.group')} withAsterisk clearable={false}
          autoFocus={policy.insuranceGroupId === null} placeholder={t('insurance.group_find')} route={listInsuranceGroups}
          input={(q) => ({ query: { ...(q ? { q } : {}), limit: 20, disabled: false } })} items={(page) => page.items}
          choice={({ id, name: label, code, payerId }) => ({ id, label, hint: [code, payerId].filter(Boolean).join(' · ') || undefined })}
        />
        <TextInput label={t('insurance.number')} withAsterisk maxLength={60} autoComplete="off" spellCheck={false} {...field('policyNumber')} />
      </FieldRow>
      <FieldRow>
        <NativeSelect
          label={t('insurance.relation')} data={PolicyRelation.enum.map((value) => ({ value, label: t(`relation.${value}`) }))} {...field('relation')}
        />
        {policy.relation !== 'self' && (
          <TextInput label={t('insurance.holder')} withAsterisk maxLength={160} autoComplete="off" {...field('holderName')} />
        )}
      </FieldRow>
      <FieldRow columns={3}>
        <DayInput label={t('insurance.from')} clearable {...field('validFrom')} />
        <DayInput label={t('insurance.to')} clearable {...field('validTo')} />
        <NumberInput
          label={t('insurance.coverage')} min={0} max={100} decimalScale={2} suffix=" %" hideControls clampBehavior="strict"
          {...field('coveragePercent')}
        />
      </FieldRow>
    </div>
  )
}
