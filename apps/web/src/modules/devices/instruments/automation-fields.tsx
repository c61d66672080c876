import { listStaff } from '@aliquot/contracts'
import { NumberInput, Select, Switch } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../platform/index.ts'
import { FieldRow } from '../../../ui/index.ts'
import { useAllPages } from '../use-all-pages.ts'
import type { InstrumentValues } from './instrument-values.ts'
import classes from './instruments.module.css'

/** Release, complete, verify, sign: each step only where the one before happens by itself, and each says what it does and does not do. */
export function AutomationFields({ form }: { form: UseFormReturnType<InstrumentValues> }) {
  const { t } = useTranslation('devices')
  const { can } = useSession()
  const staff = useAllPages(listStaff, { query: { limit: 200, disabled: false, kind: 'staff' } }, { enabled: can('labs.view_staff'), live: ['account'] })
  const { autoRelease, autoComplete, autoVerify, autoSignBy } = form.getValues()
  const completes = autoRelease && autoComplete
  const verifies = completes && autoVerify
  const signers = staff.rows.filter(({ signRank, id }) => signRank > 0 || String(id) === autoSignBy)
  const listed = signers.map(({ id, name, title }) => ({ value: String(id), label: [name, title].filter(Boolean).join(', ') }))
  const unknown = autoSignBy !== null && !listed.some(({ value }) => value === autoSignBy) ? [{ value: autoSignBy, label: t('auto.account', { id: autoSignBy }) }] : []
  return (
    <div className={classes.automation}>
      <Switch label={t('auto.release')} description={t('auto.release_about')} {...form.getInputProps('autoRelease', { type: 'checkbox' })} />
      <Switch
        label={t('auto.complete')} description={t('auto.complete_about')} disabled={!autoRelease}
        {...form.getInputProps('autoComplete', { type: 'checkbox' })} checked={completes}
      />
      <Switch
        label={t('auto.verify')} description={t('auto.verify_about')} disabled={!completes}
        {...form.getInputProps('autoVerify', { type: 'checkbox' })} checked={verifies}
      />
      {verifies && (
        <FieldRow>
          <NumberInput
            label={t('auto.delta')} description={t('auto.delta_about')} suffix=" %" min={1} max={1000} allowDecimal={false}
            {...form.getInputProps('deltaPercent')}
          />
          <Select
            label={t('auto.sign_by')} description={t('auto.sign_by_about')} clearable searchable placeholder={t('auto.nobody')}
            disabled={!can('labs.view_staff')} data={[...listed, ...unknown]}
            {...form.getInputProps('autoSignBy')}
          />
        </FieldRow>
      )}
      <p className={classes.chain} role="status">
        {t(!autoRelease ? 'auto.now_nothing' : !completes ? 'auto.now_release' : !verifies ? 'auto.now_complete' : autoSignBy === null ? 'auto.now_verify' : 'auto.now_sign')}
      </p>
    </div>
  )
}
