import { createBill, getPatient, listBills, type Patient } from '@aliquot/contracts'
import { Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useLocalStorage } from '@mantine/hooks'
import { IconUserPlus } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useRouteMutation, useRouteQuery, useSession, useUnsavedGuard } from '../../../platform/index.ts'
import { AgeSex, Loaded, Page, PageHeader, PersonPicker, SaveButton } from '../../../ui/index.ts'
import { newBillSearch } from '../filters.ts'
import { BillForm } from './bill-form.tsx'
import { billErrors, creation, newBill, sentPayments, serverFields, type BillValues } from './bill-values.ts'
import classes from './form.module.css'

export function NewBillPage() {
  const { patientId } = newBillSearch.parse(useSearch({ strict: false }))
  const query = useRouteQuery(getPatient, { params: { patientId: patientId ?? 1 } }, { enabled: patientId !== undefined })
  return (
    <Page>
      {patientId === undefined ? <ChoosePatient /> : <Loaded query={query}>{(patient) => <NewBill key={patient.id} patient={patient} />}</Loaded>}
    </Page>
  )
}

function ChoosePatient() {
  const { t } = useTranslation('billing')
  const { can } = useSession()
  const navigate = useNavigate()
  return (
    <>
      <PageHeader title={t('new.title')} subtitle={t('new.choose')} back={{ to: '/bills', label: t('title') }} />
      <div className={classes.choose}>
        <PersonPicker
          label={t('new.patient')} autoFocus value={null}
          onChange={(patient) => patient && void navigate({ to: '/bills/new', search: { patientId: patient.id } })}
        />
        {can('patients.register') && (
          <Button
            variant="default" leftSection={<IconUserPlus size={16} />}
            onClick={() => void navigate({ to: '/patients/new', search: { next: 'bill' } })}
          >
            {t('new.register')}
          </Button>
        )}
      </div>
    </>
  )
}

function NewBill({ patient }: { patient: Patient }) {
  const { t } = useTranslation('billing')
  const { lab } = useSession()
  const navigate = useNavigate()
  const [collects, setCollects] = useLocalStorage({ key: 'aliquot-collect-now', defaultValue: false, getInitialValueInEffect: false })
  const form = useForm<BillValues>({ initialValues: newBill(patient, collects), validate: (values) => billErrors(values, (key) => t(key)) })
  const { guard, release } = useUnsavedGuard(form.isDirty())
  const payments = sentPayments(form.values).map(({ at }, index) => [`payments.${index}`, `payments.${at}`])
  const create = useRouteMutation(createBill, {
    form, fields: { ...serverFields, ...Object.fromEntries(payments) }, refreshes: [listBills],
    onSuccess: (bill) => {
      setCollects(form.getValues().collectNow)
      release()
      void navigate({ to: '/bills/$billId', params: { billId: String(bill.id) }, search: { placed: true }, replace: true })
    },
  })
  return (
    <>
      <PageHeader
        title={t('new.for', { name: patient.fullName })} back={{ to: `/patients/${patient.id}`, label: patient.fullName }}
        subtitle={<><AgeSex ageText={patient.ageText} sex={patient.sex} /> · {patient.number}{patient.phone && ` · ${patient.phone}`}</>}
      />
      <BillForm
        form={form} patient={patient} currency={lab.currency} saveLabel={t('new.place')} isNew
        policies={patient.insuranceList}
        onSave={(values) => !create.isPending && create.mutate({ body: creation(values, patient.id) })}
      >
        <SaveButton loading={create.isPending}>{t('new.place')}</SaveButton>
      </BillForm>
      {guard}
    </>
  )
}
