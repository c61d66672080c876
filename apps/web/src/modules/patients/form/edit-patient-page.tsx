import { getPatient, getTimeline, listPatients, registerPatient, type Patient, type PatientDuplicate } from '@aliquot/contracts'
import { Alert, Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconUserEdit } from '@tabler/icons-react'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient, routeQuery, useRouteMutation, useRouteQuery, useSession, useUnsavedGuard } from '../../../platform/index.ts'
import { useFocusedField } from '../../missing-details/index.ts'
import { Form, FormFooter, Loaded, Page, PageHeader, SaveButton } from '../../../ui/index.ts'
import { focusFirst } from '../../../ui/focus-first.ts'
import { DuplicateDialog } from './duplicate-dialog.tsx'
import { mergeValues } from './merge-values.ts'
import { PatientFields } from './patient-fields.tsx'
import { correction, patientErrors, serverFields, valuesOf, type PatientValues } from './patient-values.ts'
import { SimilarNotice } from './similar-notice.tsx'
import { duplicatesIn, useSimilar } from './use-similar.ts'

export function EditPatientPage() {
  const patientId = Number(useParams({ strict: false }).patientId)
  const query = useRouteQuery(getPatient, { params: { patientId } })
  return (
    <Page layout="narrow">
      <Loaded query={query}>{(patient) => <EditForm key={patient.id} patient={patient} />}</Loaded>
    </Page>
  )
}

/** Begins with the record as it was read. When a colleague was faster, their changes are laid under what was typed. */
function EditForm({ patient: first }: { patient: Patient }) {
  const { t } = useTranslation('patients')
  const navigate = useNavigate()
  const { can } = useSession()
  const [patient, setPatient] = useState(first)
  const [theirs, setTheirs] = useState<{ changed: string; clashes: string } | null>(null)
  const form = useForm<PatientValues>({ initialValues: valuesOf(first), validate: (values) => patientErrors(values, (key) => t(key)) })
  const { guard, release } = useUnsavedGuard(form.isDirty())
  useFocusedField()
  const similar = useSimilar(form.values, patient.id)
  const [found, setFound] = useState<readonly PatientDuplicate[] | null>(null)
  const back = { to: '/patients/$patientId', params: { patientId: String(patient.id) } } as const

  const openOther = ({ patient: { id } }: PatientDuplicate) => void navigate({ to: '/patients/$patientId', params: { patientId: String(id) } })

  const mergeWith = ({ patient: { id } }: PatientDuplicate) =>
    void navigate({ to: '/patients/$patientId/merge', params: { patientId: String(patient.id) }, search: { with: id } })

  const takeTheirs = async () => {
    const fresh = await queryClient.fetchQuery({ ...routeQuery(getPatient, { params: { patientId: patient.id } }), staleTime: 0 })
    const merged = mergeValues(valuesOf(patient), form.getValues(), valuesOf(fresh))
    const names = (fields: (keyof PatientValues)[]) => fields.map((field) => t(`field.${field as 'fullName'}`)).join(', ')
    form.setValues(merged.values)
    form.resetDirty(valuesOf(fresh))
    setPatient(fresh)
    setTheirs({ changed: names(merged.theirs), clashes: names(merged.clashes) })
    document.getElementById('main')?.scrollTo({ top: 0 })
  }
  const save = useRouteMutation(registerPatient, {
    form, fields: serverFields, refreshes: [getPatient, listPatients, getTimeline], done: t('edit.done'),
    onSuccess: () => {
      release()
      void navigate(back)
    },
    onProblem: (problem) => {
      const duplicates = duplicatesIn(problem)
      if (duplicates) setFound(duplicates)
      else if (problem.code === 'platform.stale_version') void takeTheirs()
      else return false
      return true
    },
  })
  const submit = (acknowledgeDuplicates: boolean) => {
    const changes = correction(form.getValues(), valuesOf(patient))
    if (save.isPending) return
    if (Object.keys(changes).length > 0) {
      const body = { userDetailsId: patient.id, version: patient.version, ...changes, ...(acknowledgeDuplicates ? { acknowledgeDuplicates } : {}) }
      save.mutate({ body }, { onSettled: () => acknowledgeDuplicates && setFound(null) })
      return
    }
    release()
    void navigate(back)
  }

  return (
    <>
      <PageHeader
        title={t('edit.title', { name: patient.fullName })} subtitle={patient.number}
        back={{ to: `/patients/${patient.id}`, label: patient.fullName }}
      />
      {theirs && (
        <Alert color="yellow" icon={<IconUserEdit size={18} />} title={t('edit.stale')} role="alert">
          {theirs.changed && t('edit.stale_changed', { fields: theirs.changed })}{' '}
          {theirs.clashes && t('edit.stale_clash', { fields: theirs.clashes })} {t('edit.stale_again')}
        </Alert>
      )}
      <Form saveLabel={t('edit.save')} onSubmit={form.onSubmit(() => void (found === null && submit(false)), (errors) => focusFirst(form, errors))}>
        <PatientFields
          form={form} locked={patient.strictFields}
          similar={form.isDirty() && <SimilarNotice similar={similar} onUse={openOther} onMerge={can('patients.merge') ? mergeWith : undefined} />}
        />
        <FormFooter>
          <Button component={Link} {...(back as object)} to={`/patients/${patient.id}`} variant="default">{t('edit.cancel')}</Button>
          <SaveButton loading={save.isPending}>{t('edit.save')}</SaveButton>
        </FormFooter>
      </Form>
      <DuplicateDialog
        found={found} values={form.values} busy={save.isPending} anyway={t('duplicate.save')}
        onClose={() => setFound(null)} onAnyway={() => submit(true)} onUse={openOther}
      />
      {guard}
    </>
  )
}
