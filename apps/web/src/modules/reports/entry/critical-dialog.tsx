import type { AcknowledgeBody, Report } from '@aliquot/contracts'
import { Button, Checkbox, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat, useNow } from '../../../platform/index.ts'
import { DayInput, FieldRow } from '../../../ui/index.ts'
import { untold } from './result-rows.ts'
import { instantIn, readClock } from './wall-clock.ts'
import classes from './record.module.css'

interface CriticalDialogProps {
  report: Report
  telling: { next: string | null } | null
  onClose: () => void
  onTold: (body: Omit<AcknowledgeBody, 'version'>) => Promise<unknown>
}

/** Who was told about critical values, when, and whether they repeated them. */
export function CriticalDialog({ report, telling, onClose, onTold }: CriticalDialogProps) {
  const { t } = useTranslation('reports')
  return (
    <Modal opened={telling !== null} onClose={onClose} title={t('critical.dialog')} size="lg">
      {telling && (
        <>
          {telling.next && <Text size="sm" mb="sm">{t('critical.first')}</Text>}
          <CriticalForm report={report} onClose={onClose} onTold={onTold} />
        </>
      )}
    </Modal>
  )
}

function CriticalForm({ report, onClose, onTold }: Omit<CriticalDialogProps, 'telling'>) {
  const { t } = useTranslation('reports')
  const format = useFormat()
  const { timeZone } = format.conventions
  const values = untold(report.values)
  const [codes, setCodes] = useState(() => values.map(({ code }) => code))
  const [toldWhom, setToldWhom] = useState('')
  const [day, setDay] = useState<string | null>(format.today)
  const [clock, setClock] = useState(() => format.time(new Date().toISOString()))
  const [readBack, setReadBack] = useState(false)
  const [note, setNote] = useState('')
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const now = useNow(10_000)
  const time = readClock(clock)
  const toldAt = day && time ? instantIn(day, time, timeZone) : null
  const errors = {
    codes: codes.length === 0 ? t('critical.none') : null,
    toldWhom: toldWhom.trim() === '' ? t('critical.whom_missing') : null,
    clock: !toldAt ? t('critical.time_wrong') : toldAt.getTime() > now.getTime() + 60_000 ? t('critical.time_ahead') : null,
  }
  const shown = asked ? errors : { codes: null, toldWhom: null, clock: null }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    if (!toldAt || errors.codes || errors.toldWhom || errors.clock) return
    setBusy(true)
    await onTold({ parameterCodes: codes, toldWhom: toldWhom.trim(), toldAt: toldAt.toISOString(), readBack, note: note.trim() || null }).catch(() => setBusy(false))
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <Checkbox.Group label={t('critical.which')} value={codes} onChange={setCodes} error={shown.codes}>
          <div className={classes.choices}>
            {values.map(({ code, value, unit }) => (
              <Checkbox
                key={code} value={code}
                label={<>{report.definition.parameters.find((each) => each.code === code)?.name ?? code} <b>{value}</b> {unit}</>}
              />
            ))}
          </div>
        </Checkbox.Group>
        <TextInput
          label={t('critical.whom')} description={t('critical.whom_about')} withAsterisk maxLength={160} data-autofocus value={toldWhom}
          error={shown.toldWhom}
          onChange={(event) => setToldWhom(event.currentTarget.value)}
        />
        <FieldRow>
          <DayInput label={t('critical.day')} value={day} maxDate={format.today()} onChange={setDay} />
          <TextInput
            label={t('critical.time')} withAsterisk inputMode="numeric" maxLength={5} value={clock} error={shown.clock}
            onChange={(event) => setClock(event.currentTarget.value)}
          />
        </FieldRow>
        <Checkbox label={t('critical.read_back')} checked={readBack} onChange={(event) => setReadBack(event.currentTarget.checked)} />
        <Textarea
          label={t('critical.note')} autosize minRows={1} maxLength={1000} value={note} onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>{t('close')}</Button>
          <Button type="submit" loading={busy}>{t('critical.confirm')}</Button>
        </Group>
      </Stack>
    </form>
  )
}
