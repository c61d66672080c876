import { listDoctors, listOrganisations, Priority } from '@aliquot/contracts'
import { SegmentedControl, Switch, Textarea } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconBolt, IconFlag, IconMinus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../platform/index.ts'
import { PlaceholderBar } from '../../missing-details/index.ts'
import { RemoteSelect } from '../../../ui/index.ts'
import type { BillValues } from './bill-values.ts'
import classes from './form.module.css'
import { IcdFields } from './icd-fields.tsx'
import { isEmptyField, putPlaceholder } from './put-placeholder.ts'

const marks = { routine: IconMinus, urgent: IconFlag, stat: IconBolt }

/** Everything about the order except what is ordered and what it costs. */
export function OrderFields({ form, collecting }: { form: UseFormReturnType<BillValues>; collecting: boolean }) {
  const { t } = useTranslation(['billing', 'ui'])
  const { can } = useSession()
  const directory = (q: string) => ({ query: { ...(q ? { q } : {}), limit: 20, disabled: false } })
  return (
    <div className={classes.order}>
      <PlaceholderBar module="billing" isEmpty={(name) => isEmptyField(form, name)} put={(offer) => putPlaceholder(form, offer)} />
      <div className={classes.pair}>
        <RemoteSelect
          {...form.getInputProps('doctor')} label={t('order.doctor')} placeholder={t('order.doctor_none')} route={listDoctors}
          input={directory} items={(page) => page.items}
          choice={({ id, name, speciality }) => ({ id, label: name, hint: speciality ?? undefined })}
        />
        <RemoteSelect
          {...form.getInputProps('organisation')} label={t('order.organisation')} placeholder={t('order.organisation_none')}
          route={listOrganisations} input={directory} items={(page) => page.items}
          choice={({ id, name, code, discountPercent: percent }) => ({
            id, label: name, hint: percent > 0 ? t('order.off', { code, percent }) : code,
          })}
        />
      </div>
      <div>
        <div className={classes.label} id="bill-priority">{t('order.priority')}</div>
        <SegmentedControl
          aria-labelledby="bill-priority" {...form.getInputProps('priority')}
          data={Priority.enum.map((value) => {
            const Mark = marks[value]
            return { value, label: <span className={classes.priority}><Mark size={14} aria-hidden /> {t(`ui:status.${value}`)}</span> }
          })}
        />
      </div>
      {collecting && can('reports.collect') && (
        <Switch
          label={t('order.collect_now')} description={t('order.collect_now_text')} {...form.getInputProps('collectNow', { type: 'checkbox' })}
        />
      )}
      <IcdFields form={form} />
      <Textarea label={t('order.notes')} autosize minRows={1} maxRows={5} maxLength={2000} {...form.getInputProps('notes')} />
    </div>
  )
}
