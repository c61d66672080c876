import { createInstrument, listInstruments } from '@aliquot/contracts'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useRouteMutation, useUnsavedGuard } from '../../../platform/index.ts'
import { Form, FormFooter, Page, PageHeader, SaveButton } from '../../../ui/index.ts'
import { InstrumentFields } from './instrument-form.tsx'
import { blankInstrument, bodyOf } from './instrument-values.ts'
import { useInstrumentForm } from './use-instrument-form.ts'

export function NewInstrumentPage() {
  const { t } = useTranslation('devices')
  const navigate = useNavigate()
  const form = useInstrumentForm(blankInstrument)
  const { guard, release } = useUnsavedGuard(form.isDirty())
  const create = useRouteMutation(createInstrument, {
    form, done: t('instrument.created'), refreshes: [listInstruments],
    onSuccess: ({ id }) => {
      release()
      void navigate({ to: '/instruments/$instrumentId', params: { instrumentId: String(id) } })
    },
  })
  return (
    <Page layout="narrow">
      {guard}
      <PageHeader title={t('instrument.new')} back={{ to: '/instruments', label: t('title') }} />
      <Form saveLabel={t('instrument.save')} onSubmit={form.onSubmit((values) => create.mutate({ body: bodyOf(values) }))}>
        <InstrumentFields form={form} />
        <FormFooter><SaveButton loading={create.isPending}>{t('instrument.save')}</SaveButton></FormFooter>
      </Form>
    </Page>
  )
}
