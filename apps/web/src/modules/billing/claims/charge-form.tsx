import { chargeToInsurance, getBill, getPatient, listBills, type Bill, type Insurance } from '@aliquot/contracts'
import { Button, Group, Radio, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { useRouteMutation, useRouteQuery } from '../../../platform/index.ts'
import { Form, Loaded, MoneyInput, SaveButton } from '../../../ui/index.ts'
import classes from './claims.module.css'

/** Chooses the policy that a bill is charged to, and how much of it. */
export function ChargeForm({ bill, onClose }: { bill: Bill; onClose: () => void }) {
  const { t } = useTranslation('billing')
  const query = useRouteQuery(getPatient, { params: { patientId: bill.patient.id } })
  return (
    <Loaded query={query}>
      {({ insuranceList }) => (insuranceList.length === 0
        ? <Text size="sm">{t('claims.no_policy')}</Text>
        : <Charge bill={bill} policies={insuranceList} onClose={onClose} />)}
    </Loaded>
  )
}

function Charge({ bill, policies, onClose }: { bill: Bill; policies: readonly Insurance[]; onClose: () => void }) {
  const { t } = useTranslation('billing')
  const form = useForm({ initialValues: { policyId: String(policies[0]?.id ?? ''), amount: null as number | null } })
  const charge = useRouteMutation(chargeToInsurance, { form, refreshes: [getBill, listBills], done: t('claims.charged'), onSuccess: onClose })
  return (
    <Form
      saveLabel={t('claims.charge')}
      onSubmit={form.onSubmit(({ policyId, amount }) => charge.mutate({
        params: { billId: bill.id }, body: { version: bill.version, policyId: Number(policyId), ...(amount ? { amount } : {}) },
      }))}
    >
      <div className={classes.fields}>
        <Radio.Group label={t('claims.policy')} {...form.getInputProps('policyId')}>
          <Stack gap={10} mt={6}>
            {policies.map(({ id, insuranceGroup, policyNumber, coveragePercent }, at) => (
              <Radio
                key={id} value={String(id)} {...(at === 0 ? { 'data-autofocus': true } : {})} label={insuranceGroup.name}
                description={t('claims.covers', { number: policyNumber, percent: coveragePercent })}
              />
            ))}
          </Stack>
        </Radio.Group>
        <MoneyInput
          label={t('claims.amount')} description={t('claims.amount_about')} currency={bill.currency} {...form.getInputProps('amount')}
        />
      </div>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={onClose}>{t('edit.back')}</Button>
        <SaveButton loading={charge.isPending}>{t('claims.charge')}</SaveButton>
      </Group>
    </Form>
  )
}
