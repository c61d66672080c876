import { getPatient, saveIdProofs, type Patient } from '@aliquot/contracts'
import { Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconId, IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { openObject, useRouteMutation, useSession, useUnsavedGuard } from '../../../platform/index.ts'
import { DateTime, EmptyState, Form, FormFooter, ObjectCheckOf, SaveButton } from '../../../ui/index.ts'
import { IdProofFields } from '../form/id-proof-fields.tsx'
import { proofInput, type IdProofValues } from '../form/patient-values.ts'
import classes from '../page/page.module.css'

export function IdProofs({ patient }: { patient: Patient }) {
  const { t } = useTranslation('patients')
  const { can } = useSession()
  const [editing, setEditing] = useState(false)
  const may = can('patients.manage_files')
  return (
    <section className={classes.section}>
      <div className={classes.sectionHead}>
        <h2>{t('proofs.title')}</h2>
        {may && !editing && (
          <Button variant="default" leftSection={<IconPencil size={16} />} onClick={() => setEditing(true)}>{t('proofs.edit')}</Button>
        )}
      </div>
      {editing && <ProofsForm patient={patient} onClose={() => setEditing(false)} />}
      {!editing && patient.idProofs.length === 0 && <EmptyState icon={IconId} title={t('proofs.none')} />}
      {!editing && patient.idProofs.length > 0 && (
        <ul className={classes.proofs}>
          {patient.idProofs.map((proof) => (
            <li key={proof.id}>
              <span>{t(`proof.${proof.type}`)}</span>
              <strong>{proof.number}</strong>
              {proof.objectId !== null && can('storage.download') && <ScanLink objectId={proof.objectId} />}
              <span className={classes.quiet}><DateTime at={proof.addedAt} /></span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function ScanLink({ objectId }: { objectId: number }) {
  const { t } = useTranslation('patients')
  const { can } = useSession()
  return (
    <>
      <Button size="compact-sm" variant="subtle" onClick={() => void openObject(objectId)}>{t('proofs.open')}</Button>
      {can('storage.upload') && <ObjectCheckOf objectId={objectId} />}
    </>
  )
}

function ProofsForm({ patient, onClose }: { patient: Patient; onClose: () => void }) {
  const { t } = useTranslation('patients')
  const form = useForm<{ idProofs: IdProofValues[] }>({
    initialValues: {
      idProofs: patient.idProofs.map(({ id, type, number, objectId }) => ({
        key: String(id), type, number, objectId, fileName: objectId === null ? null : t('proofs.scanned'),
      })),
    },
    validate: { idProofs: { number: (number: string) => (number.trim() ? null : t('error.number')) } },
  })
  const { guard } = useUnsavedGuard(form.isDirty())
  const save = useRouteMutation(saveIdProofs, { form, refreshes: [getPatient], done: t('proofs.done'), onSuccess: onClose })
  return (
    <Form
      saveLabel={t('proofs.save')}
      onSubmit={form.onSubmit(({ idProofs }) => save.mutate({
        params: { patientId: patient.id },
        body: { idProofs: idProofs.map(proofInput) },
      }))}
    >
      <div className={classes.stack}><IdProofFields form={form} patientId={patient.id} /></div>
      <FormFooter>
        <Button variant="default" onClick={onClose}>{t('edit.cancel')}</Button>
        <SaveButton loading={save.isPending}>{t('proofs.save')}</SaveButton>
      </FormFooter>
      {guard}
    </Form>
  )
}
