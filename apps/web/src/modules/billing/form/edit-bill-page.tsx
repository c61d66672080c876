import { getBill, listBills, updateBill, type Bill } from '@aliquot/contracts'
import { Alert, Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconUserEdit } from '@tabler/icons-react'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient, routeQuery, useRouteMutation, useRouteQuery, useUnsavedGuard } from '../../../platform/index.ts'
import { useFocusedField } from '../../missing-details/index.ts'
import { EmptyState, Loaded, Page, PageHeader, PatientLine, SaveButton } from '../../../ui/index.ts'
import { BillForm } from './bill-form.tsx'
import { billErrors, update, valuesOf, type BillValues } from './bill-values.ts'

export function EditBillPage() {
  const { t } = useTranslation('billing')
  const billId = Number(useParams({ strict: false }).billId)
  const query = useRouteQuery(getBill, { params: { billId } })
  return (
    <Page>
      <Loaded query={query}>
        {(bill) => (bill.status === 'open'
          ? <EditBill key={bill.id} bill={bill} />
          : <EmptyState title={t('edit.cancelled')} text={t('edit.cancelled_text')} />)}
      </Loaded>
    </Page>
  )
}

/** Sends the difference only: after a colleague's change the same difference goes on top of theirs. */
function EditBill({ bill: latest }: { bill: Bill }) {
  const { t } = useTranslation('billing')
  const navigate = useNavigate()
  // The query behind it refreshes; what was typed belongs to the bill as it was opened.
  const [first] = useState(latest)
  const [before] = useState(() => valuesOf(first))
  const [bill, setBill] = useState(first)
  const form = useForm<BillValues>({ initialValues: before, validate: (values) => billErrors(values, (key) => t(key), bill.paid) })
  const { guard, release } = useUnsavedGuard(form.isDirty())
  useFocusedField()
  const { body, fields } = update(form.values, before)
  const leave = () => {
    release()
    void navigate({ to: '/bills/$billId', params: { billId: String(bill.id) } })
  }
  const save = useRouteMutation(updateBill, {
    form, fields, refreshes: [getBill, listBills], done: t('edit.done'), onSuccess: leave,
    onProblem: (problem) => {
      if (problem.code !== 'platform.stale_version') return false
      void queryClient.fetchQuery({ ...routeQuery(getBill, { params: { billId: bill.id } }), staleTime: 0 }).then(setBill, () => {})
      return true
    },
  })
  return (
    <>
      <PageHeader
        title={t('edit.title', { number: bill.number })} subtitle={<PatientLine patient={bill.patient} />}
        back={{ to: `/bills/${bill.id}`, label: t('bill.title', { number: bill.number }) }}
      />
      {bill.version !== first.version && (
        <Alert color="yellow" icon={<IconUserEdit size={18} />} title={t('edit.stale')} role="alert">
          {t('edit.stale_text', { items: bill.items.filter(({ removed }) => !removed).map(({ name }) => name).join(', ') })}
        </Alert>
      )}
      <BillForm
        form={form} patient={bill.patient} currency={bill.currency} saveLabel={t('edit.save')} alreadyPaid={bill.paid} isNew={false}
        onSave={() => {
          if (Object.keys(body).length === 0) leave()
          else if (!save.isPending) save.mutate({ params: { labBillId: bill.id }, body: { version: bill.version, ...body } })
        }}
      >
        <Button component={Link} to={`/bills/${bill.id}`} variant="default">{t('edit.back')}</Button>
        <SaveButton loading={save.isPending}>{t('edit.save')}</SaveButton>
      </BillForm>
      {guard}
    </>
  )
}
