import type { Insurance } from '@aliquot/contracts'
import { NativeSelect } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { Money } from '../../../ui/index.ts'
import type { BillValues } from './bill-values.ts'
import classes from './form.module.css'

interface PolicyFieldProps {
  form: UseFormReturnType<BillValues>
  policies: readonly Insurance[]
  /** What the chosen policy covers of the bill as it stands. */
  insured: number
  currency: string
}

/** By which policy of the patient a new bill is paid in part. */
export function PolicyField({ form, policies, insured, currency }: PolicyFieldProps) {
  const { t } = useTranslation('billing')
  const chosen = form.values.policy
  const data = policies.map(({ id, insuranceGroup, policyNumber }) => ({ value: String(id), label: `${insuranceGroup.name} · ${policyNumber}` }))
  return (
    <>
      <NativeSelect
        label={t('claims.insurance')} data={[{ value: '', label: t('claims.pays_self') }, ...data]} value={String(chosen?.id ?? '')}
        error={form.errors.policy}
        onChange={(event) => {
          const policy = policies.find(({ id }) => String(id) === event.currentTarget.value)
          form.setFieldValue('policy', policy ? { id: policy.id, coveragePercent: policy.coveragePercent } : null)
          form.clearFieldError('policy')
        }}
      />
      {chosen && <div className={classes.sum}><span>{t('sums.insured')}</span><span>− <Money amount={insured} currency={currency} /></span></div>}
    </>
  )
}
