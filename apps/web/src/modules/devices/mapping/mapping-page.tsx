import { getProfile, listInstruments, listUnmappedCodes, updateInstrument, type Instrument, type TestMapping } from '@aliquot/contracts'
import { Alert, Button } from '@mantine/core'
import { IconArrowsLeftRight, IconPlus, IconUsers } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toastProblem, useRouteMutation, useRouteQuery, useSession, useShortcuts, useUnsavedGuard } from '../../../platform/index.ts'
import { EmptyState, Form, FormFooter, Page, PageHeader, SaveButton } from '../../../ui/index.ts'
import { OfInstrument } from '../of-instrument.tsx'
import { ReplayNotice } from '../replay/replay-notice.tsx'
import { useAllPages } from '../use-all-pages.ts'
import classes from './mapping.module.css'
import { tidyMapping, troubleInMappings } from './mapping-rows.ts'
import { MappingTable } from './mapping-table.tsx'
import { ProfileMappings } from './profile-mappings.tsx'
import { UnmappedList } from './unmapped-list.tsx'
import { useDictionary } from './use-dictionary.ts'

export function MappingPage() {
  return <OfInstrument>{(instrument) => <MappingEditor key={instrument.id} instrument={instrument} />}</OfInstrument>
}

function MappingEditor({ instrument }: { instrument: Instrument }) {
  const { t } = useTranslation('devices')
  const { can } = useSession()
  const editable = can('devices.manage')
  const dictionary = useDictionary()
  const profile = useRouteQuery(getProfile, { params: { profileId: instrument.profileId }, query: {} }, { live: ['instrument'] })
  const unmapped = useAllPages(listUnmappedCodes, { query: { instrumentId: instrument.id, limit: 200 } }, { live: ['result', `instrument:${instrument.id}`] })
  const [base, setBase] = useState(instrument)
  const [mappings, setMappings] = useState<TestMapping[]>(instrument.mappings)
  const [savedAt, setSavedAt] = useState(0)
  const dirty = useMemo(() => JSON.stringify(mappings) !== JSON.stringify(base.mappings), [mappings, base])
  const { guard } = useUnsavedGuard(dirty)
  const newer = instrument.version > base.version
  const take = (newest: Instrument) => {
    setBase(newest)
    setMappings(newest.mappings)
  }
  useEffect(() => {
    if (newer && !dirty) take(instrument)
  })
  const save = useRouteMutation(updateInstrument, {
    done: t('mapping.saved'), refreshes: [listInstruments, listUnmappedCodes],
    onSuccess: (saved) => {
      take(saved)
      setSavedAt(Date.now())
    },
    onProblem: (problem) => {
      toastProblem(problem)
      return true
    },
  })
  const fromProfile = profile.data?.definition.tests ?? []
  const known = new Set([...mappings, ...fromProfile].map(({ code }) => code))
  const open = unmapped.rows.filter(({ testCode }) => !known.has(testCode))
  const trouble = troubleInMappings(mappings).size > 0 || mappings.some(({ parameter }) => parameter === '')
  const add = () => {
    setMappings([...mappings, { code: '', parameter: '' }])
    requestAnimationFrame(() => document.querySelector<HTMLInputElement>('[data-mappings] tbody tr:last-child input')?.focus())
  }
  useShortcuts(editable ? [{ keys: 'n', label: t('mapping.add'), run: add }] : [])

  return (
    <Page>
      {guard}
      <PageHeader title={t('mapping.title')} subtitle={t('mapping.about')} back={{ to: `/instruments/${instrument.id}`, label: instrument.name }} />
      {newer && dirty && (
        <Alert color="yellow" variant="light" icon={<IconUsers size={18} />} role="alert">
          {t('form.newer')} <Button size="compact-sm" variant="default" onClick={() => take(instrument)}>{t('form.take_theirs')}</Button>{' '}
          <Button size="compact-sm" variant="default" onClick={() => setBase(instrument)}>{t('form.keep_mine')}</Button>
        </Alert>
      )}
      <ReplayNotice
        key={savedAt} instrumentId={instrument.id} reason="unmapped_test" known={new Set([...base.mappings, ...fromProfile].map(({ code }) => code))}
        dirty={dirty}
      />
      <Form
        saveLabel={t('mapping.save')}
        onSubmit={(event) => {
          event.preventDefault()
          if (dirty && !trouble) save.mutate({ params: { instrumentId: base.id }, body: { version: base.version, mappings: mappings.map(tidyMapping) } })
        }}
      >
        <div className={classes.parts}>
          {editable && open.length > 0 && (
            <UnmappedList codes={open} dictionary={dictionary} onMap={(mapping) => setMappings((now) => [mapping, ...now])} />
          )}
          <section aria-label={t('mapping.own')} data-mappings>
            <header className={classes.head}>
              <h2 className={classes.heading}>{t('mapping.own')}</h2>
              <span className={classes.quiet}>{t('mapping.own_about')}</span>
              {editable && <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={add}>{t('mapping.add')}</Button>}
            </header>
            {mappings.length > 0
              ? <MappingTable mappings={mappings} dictionary={dictionary} editable={editable} onChange={setMappings} />
              : <EmptyState icon={IconArrowsLeftRight} title={t('mapping.none')} text={t('mapping.none_text')} />}
          </section>
          {fromProfile.length > 0 && (
            <ProfileMappings
              profileId={instrument.profileId} name={instrument.profile.name} tests={fromProfile}
              overridden={new Set(mappings.map(({ code }) => code))} dictionary={dictionary}
            />
          )}
        </div>
        {editable && (
          <FormFooter>
            {trouble && <span className={classes.trouble} role="status">{t('mapping.trouble')}</span>}
            <SaveButton loading={save.isPending} disabled={!dirty || trouble}>{t('mapping.save')}</SaveButton>
          </FormFooter>
        )}
      </Form>
    </Page>
  )
}
