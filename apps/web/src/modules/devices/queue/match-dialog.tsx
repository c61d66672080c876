import { countDeviceResults, listDeviceResults, matchResults, type DeviceResult } from '@aliquot/contracts'
import { Button, Group, Modal, Text, TextInput } from '@mantine/core'
import { IconBarcode } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toastProblem, useRouteMutation } from '../../../platform/index.ts'
import { KeyHint } from '../../../ui/index.ts'
import classes from './queue.module.css'

const usual = ['match.reason_label', 'match.reason_typed', 'match.reason_rack', 'match.reason_old'] as const

interface MatchDialogProps {
  results: readonly DeviceResult[]
  onClose: () => void
  onMatched: (results: readonly DeviceResult[]) => void
}

/** Says to which specimen results belong: scan the tube, choose why, Enter. */
export function MatchDialog({ results, onClose, onMatched }: MatchDialogProps) {
  const { t } = useTranslation('devices')
  return (
    <Modal opened={results.length > 0} onClose={onClose} size="md" title={t('match.title', { count: results.length })}>
      {results.length > 0 && <MatchForm {...{ results, onClose, onMatched }} />}
    </Modal>
  )
}

function MatchForm({ results, onClose, onMatched }: MatchDialogProps) {
  const { t } = useTranslation('devices')
  const [number, setNumber] = useState('')
  const [reason, setReason] = useState('')
  const [refused, setRefused] = useState<string | null>(null)
  const why = useRef<HTMLInputElement>(null)
  const match = useRouteMutation(matchResults, {
    refreshes: [listDeviceResults, countDeviceResults], done: t('match.done', { count: results.length }),
    onSuccess: ({ results: matched }) => {
      onMatched(matched)
      onClose()
    },
    onProblem: (problem) => {
      if (problem.code === 'devices.not_possible' || problem.status === 404) setRefused(problem.detail || problem.message)
      else toastProblem(problem)
      return true
    },
  })
  const samples = [...new Set(results.map(({ sampleId }) => sampleId || t('queue.no_sample')))]
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (number.trim() === '') return
        if (reason.trim() === '') why.current?.focus()
        else match.mutate({ body: { resultIds: results.map(({ id }) => id), specimenNumber: number.trim(), reason: reason.trim() } })
      }}
    >
      <Text size="sm" c="dimmed" mb="sm">{t('match.about', { samples: samples.slice(0, 5).join(', '), count: samples.length })}</Text>
      <TextInput
        label={t('match.number')} description={t('match.number_about')} leftSection={<IconBarcode size={17} aria-hidden />} maxLength={40}
        withAsterisk data-autofocus autoComplete="off" spellCheck={false}
        value={number} error={refused}
        onChange={(event) => {
          setNumber(event.currentTarget.value)
          setRefused(null)
        }}
      />
      <TextInput
        ref={why} mt="sm" label={t('match.reason')} description={t('match.reason_about')} maxLength={500} withAsterisk value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className={classes.usual}>
        {usual.map((key) => <button key={key} type="button" className={classes.reason} aria-pressed={reason === t(key)} onClick={() => setReason(t(key))}>{t(key)}</button>)}
      </div>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={onClose}>{t('form.back')}</Button>
        <Button type="submit" loading={match.isPending} disabled={number.trim() === ''} rightSection={<KeyHint keys="enter" />}>
          {t('match.confirm')}
        </Button>
      </Group>
    </form>
  )
}
