import { addCard, importCards, listCards, listClinics, removeCard, type Card, type Clinic, type ResponseOf } from '@aliquot/contracts'
import { ActionIcon, Alert, Button, FileInput, Group, Modal, Select, TextInput, Tooltip } from '@mantine/core'
import { IconCards, IconFileImport, IconPlus, IconTrash } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFilters, useFormat, useInfinitePages, useRouteMutation, useRouteQuery, useShortcuts } from '../../../platform/index.ts'
import { ConfirmForm, DataTable, DateTime, EmptyState, FilterBar, KeyHint, Page, PageHeader, PersonPicker, ToneBadge, type Column } from '../../../ui/index.ts'
import { cardFilters } from '../filters.ts'
import { ImagingTabs } from './imaging-tabs.tsx'
import classes from './manage.module.css'

type Picked = Parameters<React.ComponentProps<typeof PersonPicker>['onChange']>[0]

/** Which card of which clinic is whose. */
export function CardsPage() {
  const { t } = useTranslation('imaging')
  const { day } = useFormat()
  const filters = useFilters(cardFilters)
  const source = useInfinitePages(listCards, { query: filters.values }, { live: ['clinic'] })
  const clinics = useRouteQuery(listClinics, { query: { limit: 200, disabled: false } }, { live: ['clinic'] }).data?.items ?? []
  const [dialog, setDialog] = useState<'add' | 'import' | null>(null)
  const [removing, setRemoving] = useState<Card | null>(null)
  const remove = useRouteMutation(removeCard, { refreshes: [listCards], done: t('cards.removed') })
  useShortcuts([{ keys: 'n', label: t('cards.add'), run: () => setDialog('add') }])
  const columns: Column<Card>[] = [
    { key: 'card', header: t('cards.one'), width: 150, cell: ({ cardId, conflict }) => <>{cardId} {conflict && <ToneBadge tone="red" note={t('cards.conflict_text')}>{t('cards.conflict')}</ToneBadge>}</>, title: ({ cardId }) => cardId },
    { key: 'patient', header: t('cards.patient'), least: 200, cell: ({ patient }) => <Link className={classes.link} to="/patients/$patientId" params={{ patientId: String(patient.id) }}>{patient.fullName}</Link>, title: ({ patient }) => patient.fullName },
    { key: 'born', header: t('cards.born'), width: 120, cell: ({ patient }) => day(patient.birthDate) },
    { key: 'number', header: t('cards.number'), width: 120, minScreen: 900, cell: ({ patient }) => patient.number },
    { key: 'clinic', header: t('clinics.one'), least: 150, cell: ({ clinic }) => clinic.name },
    { key: 'added', header: t('cards.added'), width: 130, minScreen: 1100, cell: ({ addedAt }) => <DateTime at={addedAt} /> },
    {
      key: 'remove', header: '', width: 52, cell: (card) => (
        <Tooltip label={t('cards.remove')}>
          <ActionIcon variant="subtle" color="gray" aria-label={t('cards.remove_named', { card: card.cardId })} onClick={() => setRemoving(card)}><IconTrash size={16} /></ActionIcon>
        </Tooltip>
      ),
    },
  ]
  return (
    <Page layout="fill">
      <PageHeader
        title={t('cards.title')} subtitle={t('cards.about')}
        actions={
          <>
            <Button variant="default" leftSection={<IconFileImport size={16} />} onClick={() => setDialog('import')}>{t('cards.import')}</Button>
            <Button leftSection={<IconPlus size={16} />} rightSection={<KeyHint keys="n" />} onClick={() => setDialog('add')}>{t('cards.add')}</Button>
          </>
        }
      />
      <ImagingTabs />
      <FilterBar
        filters={filters} search={{ name: 'q', placeholder: t('cards.search') }}
        fields={[
          { kind: 'one', name: 'clinicId', label: t('clinics.one'), options: clinics.map(({ id, name }) => ({ value: id, label: name })) },
          { kind: 'flag', name: 'conflicts', label: t('cards.only_conflicts') },
        ]}
      />
      <DataTable
        primary label={t('cards.title')} columns={columns} source={source} rowKey={({ id }) => id} rowTone={({ conflict }) => (conflict ? 'red' : null)}
        empty={<EmptyState icon={IconCards} title={t('cards.none')} text={t('cards.none_text')} />}
      />
      <Modal opened={dialog === 'add'} onClose={() => setDialog(null)} title={t('cards.add')}><AddCard clinics={clinics} onDone={() => setDialog(null)} /></Modal>
      <Modal opened={dialog === 'import'} onClose={() => setDialog(null)} title={t('cards.import')} size="lg"><ImportCards clinics={clinics} onDone={() => setDialog(null)} /></Modal>
      <Modal opened={removing !== null} onClose={() => setRemoving(null)} title={removing ? t('cards.remove_title', { card: removing.cardId, name: removing.patient.fullName }) : ''}>
        {removing && <ConfirmForm text={t('cards.remove_text')} confirm={t('cards.remove')} dangerous onClose={() => setRemoving(null)} onConfirm={() => remove.mutateAsync({ params: { cardRowId: removing.id } })} />}
      </Modal>
    </Page>
  )
}

interface DialogProps { clinics: readonly Clinic[]; onDone: () => void }

function ClinicSelect({ clinics, value, onChange }: { clinics: readonly Clinic[]; value: string | null; onChange: (value: string | null) => void }) {
  const { t } = useTranslation('imaging')
  return <Select label={t('clinics.one')} withAsterisk data={clinics.map(({ id, name }) => ({ value: String(id), label: name }))} value={value} onChange={onChange} />
}
const onlyOne = (clinics: readonly Clinic[]) => (clinics.length === 1 ? String(clinics[0]?.id) : null)

function AddCard({ clinics, onDone }: DialogProps) {
  const { t } = useTranslation('imaging')
  const [clinicId, setClinicId] = useState(onlyOne(clinics))
  const [cardId, setCardId] = useState('')
  const [picked, setPicked] = useState<Picked>(null)
  const add = useRouteMutation(addCard, { refreshes: [listCards], onSuccess: onDone, done: ({ conflict }) => t(conflict ? 'cards.added_conflict' : 'cards.added_done') })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (clinicId && picked && cardId.trim()) add.mutate({ body: { clinicId: Number(clinicId), cardId: cardId.trim(), patientId: picked.id } })
      }}
    >
      <ClinicSelect clinics={clinics} value={clinicId} onChange={setClinicId} />
      <TextInput mt="sm" label={t('cards.one')} withAsterisk data-autofocus value={cardId} maxLength={64} onChange={(event) => setCardId(event.currentTarget.value)} />
      <PersonPicker mt="sm" label={t('cards.patient')} withAsterisk value={picked} onChange={setPicked} />
      <Group mt="lg" justify="flex-end"><Button type="submit" disabled={!clinicId || !picked || cardId.trim() === ''} loading={add.isPending}>{t('cards.save')}</Button></Group>
    </form>
  )
}

function ImportCards({ clinics, onDone }: DialogProps) {
  const { t } = useTranslation('imaging')
  const [clinicId, setClinicId] = useState(onlyOne(clinics))
  const [csv, setCsv] = useState<string | null>(null)
  const [result, setResult] = useState<ResponseOf<typeof importCards> | null>(null)
  const run = useRouteMutation(importCards, {
    refreshes: [listCards],
    onSuccess: (outcome) => {
      setResult(outcome)
      if (outcome.done) onDone()
    },
    done: ({ done, added }) => (done ? t('cards.imported', { count: added }) : t('cards.tried')),
  })
  const start = (text: string | null, clinic: string | null) => {
    setResult(null)
    if (text !== null && clinic) run.mutate({ body: { clinicId: Number(clinic), csv: text, dryRun: true } })
  }
  return (
    <>
      <p className={classes.quiet}>{t('cards.import_text')}</p>
      <ClinicSelect
        clinics={clinics} value={clinicId} onChange={(next) => {
          setClinicId(next)
          start(csv, next)
        }}
      />
      <FileInput
        mt="sm" label={t('cards.file')} accept=".csv,text/csv" clearable placeholder={t('cards.file_text')}
        onChange={(file) => void file?.text().then((text) => {
          setCsv(text)
          start(text, clinicId)
        })}
      />
      {result && (
        <Alert mt="md" color={result.problems.length > 0 ? 'yellow' : 'teal'} title={t('cards.would', { lines: result.lines, added: result.added, known: result.known })}>
          {result.problems.length > 0 && t('cards.left_out', { count: result.problems.length })}
          <ul className={classes.problems}>
            {result.problems.slice(0, 100).map(({ line, cardId, because, with: other }) => <li key={line}>{t('cards.line', { line, card: cardId })} {t(`problem.${because}`, { other: other ?? '' })}</li>)}
          </ul>
        </Alert>
      )}
      <Group mt="lg" justify="flex-end">
        <Button disabled={!result || result.added === 0} loading={run.isPending} onClick={() => csv !== null && run.mutate({ body: { clinicId: Number(clinicId), csv, dryRun: false } })}>
          {t('cards.take', { count: result?.added ?? 0 })}
        </Button>
      </Group>
    </>
  )
}
