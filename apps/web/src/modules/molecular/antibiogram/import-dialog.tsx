import { getAntibiogram, getAntibiogramChoices, importIsolates, type BodyOf, type IsolateImport } from '@aliquot/contracts'
import { Alert, Button, FileButton, Group, Loader, Modal, SegmentedControl, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRouteMutation } from '../../../platform/index.ts'
import classes from './antibiogram.module.css'

type Chosen = Omit<BodyOf<typeof importIsolates>, 'dryRun'>
const mostBytes = 20_000_000
const nothing: Chosen | null = null

/** Isolates from a file: first what it would become, then the import. */
export function ImportButton() {
  const { t } = useTranslation('antibiogram')
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>{t('import.open')}</Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={t('import.title')} size="lg"><ImportForm onClose={() => setOpened(false)} /></Modal>
    </>
  )
}

function ImportForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('antibiogram')
  const [chosen, setChosen] = useState(nothing)
  const [refused, setRefused] = useState(false)
  const preview = useRouteMutation(importIsolates, {})
  const save = useRouteMutation(importIsolates, { refreshes: [getAntibiogram, getAntibiogramChoices], onSuccess: onClose })
  const look = (file: Chosen) => {
    setChosen(file)
    preview.mutate({ body: { ...file, dryRun: true } })
  }
  const pick = async (file: File | null) => {
    setRefused(file !== null && file.size > mostBytes)
    if (file && file.size <= mostBytes) look({ fileName: file.name.slice(0, 200), contents: await base64Of(file) })
  }
  const plan = preview.data
  const ready = plan !== undefined && plan.refusal === null && plan.isolates > 0
  return (
    <Stack>
      <Text size="sm" c="dimmed">{t('import.about')}</Text>
      <FileButton onChange={(file) => void pick(file)} accept=".csv,.txt,.tsv,text/csv,text/plain">
        {(props) => (
          <button
            {...props} type="button" className={classes.drop} data-autofocus onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => {
              event.preventDefault()
              void pick(event.dataTransfer.files[0] ?? null)
            }}
          >
            {chosen?.fileName ?? t('import.choose')}
          </button>
        )}
      </FileButton>
      {refused && <Alert color="red">{t('import.too_large')}</Alert>}
      {preview.isPending && <Group gap="xs"><Loader size="xs" /> {t('import.reading')}</Group>}
      {plan?.refusal && <Alert color="red">{plan.refusal}</Alert>}
      {plan?.refusal?.includes('dmy') && chosen && (
        <Group gap="sm">
          <Text size="sm">{t('import.dates')}</Text>
          <SegmentedControl size="xs" value={chosen.dates ?? ''} onChange={(dates) => look({ ...chosen, dates: dates as 'dmy' | 'mdy' })}
            data={[{ value: 'dmy', label: t('import.dmy') }, { value: 'mdy', label: t('import.mdy') }]} />
        </Group>
      )}
      {plan && plan.refusal === null && <Preview plan={plan} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>{t('import.close')}</Button>
        <Button disabled={!ready} loading={save.isPending} onClick={() => chosen && save.mutate({ body: { ...chosen, dryRun: false } })}>{t('import.do', { count: plan?.isolates ?? 0 })}</Button>
      </Group>
    </Stack>
  )
}

function Preview({ plan }: { plan: IsolateImport }) {
  const { t } = useTranslation('antibiogram')
  return (
    <>
      <Text size="sm">
        <b>{t('import.isolates', { count: plan.isolates })}</b>{plan.alreadyThere > 0 && `; ${t('import.already', { count: plan.alreadyThere })}`}
      </Text>
      {plan.problemCount > 0 && (
        <Alert color="yellow" title={t('import.problems', { count: plan.problemCount })}>
          {plan.problems.slice(0, 8).map(({ line, column, says }) => <div key={`${line} ${column}`}>{t('import.problem', { line, column, says })}</div>)}
        </Alert>
      )}
      {plan.unknownOrganisms.length > 0 && <Text size="sm">{t('import.unknown_organisms')}: {plan.unknownOrganisms.slice(0, 12).map(({ name, isolates }) => `${name} (${isolates})`).join(', ')}</Text>}
      {plan.unknownDrugs.length > 0 && <Text size="sm">{t('import.unknown_drugs')}: {plan.unknownDrugs.join(', ')}</Text>}
      <table className={classes.list}>
        <thead><tr><th>{t('import.columns')}</th><th /><th /></tr></thead>
        <tbody>
          {plan.columns.filter(({ becomes }) => becomes !== 'left_out').map(({ column, becomes, as }) => <tr key={column}><td>{column}</td><td>{t(`import.becomes_${becomes}`)}</td><td>{as}</td></tr>)}
          {plan.columns.some(({ becomes }) => becomes === 'left_out') && (
            <tr><td colSpan={2}>{plan.columns.filter(({ becomes }) => becomes === 'left_out').map(({ column }) => column).join(', ')}</td><td>{t('import.becomes_left_out')}</td></tr>
          )}
        </tbody>
      </table>
    </>
  )
}

const base64Of = (file: File): Promise<string> => new Promise((resolve, reject) => {
  const reader = new FileReader()
  reader.addEventListener('load', () => resolve(String(reader.result).replace(/^.*?,/, '')))
  reader.addEventListener('error', () => reject(reader.error ?? new Error('unreadable')))
  reader.readAsDataURL(file)
})
