import { listInstruments, updateInstrument, type Instrument } from '@aliquot/contracts'
import { Alert, Button } from '@mantine/core'
import { IconArrowsLeftRight, IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toastProblem, useNow, useRouteMutation, useSession, useUnsavedGuard } from '../../../platform/index.ts'
import { Form, FormFooter, Page, PageHeader, SaveButton } from '../../../ui/index.ts'
import { OfInstrument } from '../of-instrument.tsx'
import { InstrumentFields } from './instrument-form.tsx'
import { bodyOf, valuesOf } from './instrument-values.ts'
import { LiveFacts } from './live-facts.tsx'
import { LiveMark } from './live-mark.tsx'
import { useInstrumentForm } from './use-instrument-form.ts'

export function InstrumentPage() {
  return <OfInstrument>{(instrument) => <InstrumentSettings key={instrument.id} instrument={instrument} />}</OfInstrument>
}

function InstrumentSettings({ instrument }: { instrument: Instrument }) {
  const { t } = useTranslation('devices')
  const { can } = useSession()
  useNow()
  const [base, setBase] = useState(instrument)
  const form = useInstrumentForm(valuesOf(instrument))
  const dirty = form.isDirty()
  const { guard } = useUnsavedGuard(dirty)
  const take = (newest: Instrument) => {
    setBase(newest)
    form.setInitialValues(valuesOf(newest))
    form.setValues(valuesOf(newest))
    form.resetDirty(valuesOf(newest))
  }
  const newer = instrument.version > base.version
  useEffect(() => {
    if (newer && !dirty) take(instrument)
  })
  const save = useRouteMutation(updateInstrument, { form, done: t('instrument.saved'), refreshes: [listInstruments], onSuccess: take, onProblem: (problem) => {
    if (problem.code !== 'platform.stale_version') return false
    toastProblem(problem)
    return true
  } })
  return (
    <Page layout="narrow">
      {guard}
      <PageHeader
        title={instrument.name} back={{ to: '/instruments', label: t('title') }} mark={<LiveMark instrument={instrument} />}
        subtitle={[instrument.code, instrument.model, instrument.serial].filter(Boolean).join(' · ')}
        actions={
          <Button component={Link} to={`/instruments/${instrument.id}/codes`} variant="default" leftSection={<IconArrowsLeftRight size={16} />}>
            {t('mapping.title')}
          </Button>
        }
      />
      <LiveFacts instrument={instrument} />
      {newer && dirty && (
        <Alert color="yellow" variant="light" icon={<IconUsers size={18} />} role="alert">
          {t('form.newer')} <Button size="compact-sm" variant="default" onClick={() => take(instrument)}>{t('form.take_theirs')}</Button>{' '}
          <Button size="compact-sm" variant="default" onClick={() => setBase(instrument)}>{t('form.keep_mine')}</Button>
        </Alert>
      )}
      <Form
        saveLabel={t('instrument.save')}
        onSubmit={form.onSubmit((values) => save.mutate({ params: { instrumentId: base.id }, body: { version: base.version, ...bodyOf(values) } }))}
      >
        <fieldset disabled={!can('devices.manage')} style={{ display: 'contents', border: 0 }}><InstrumentFields form={form} /></fieldset>
        {can('devices.manage') && <FormFooter><SaveButton loading={save.isPending} disabled={!dirty}>{t('instrument.save')}</SaveButton></FormFooter>}
      </Form>
    </Page>
  )
}
