import { countDeliveries, listDeliveries, listTemplates, MessageChannel, placeholdersOf, sendCommunication } from '@aliquot/contracts'
import { Button, Checkbox, MultiSelect, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { IconSend } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useInfinitePages, useRouteMutation } from '../../../platform/index.ts'
import type { BesideProps } from '../../../platform/manifest.ts'
import { Form } from '../../../ui/index.ts'
import classes from '../messages.module.css'

interface Values {
  recipients: ('patient' | 'doctor' | 'organisation')[]
  templateIds: string[]
  channels: MessageChannel[]
  subject: string
  body: string
  attachReport: boolean
}

const initialValues: Values = { recipients: ['patient'], templateIds: [], channels: ['sms'], subject: '', body: '', attachReport: false }

/** Sends at once, by templates or with words of one's own. */
export function SendForm({ patientId, reportId }: BesideProps) {
  const { t } = useTranslation('communications')
  const [opened, panel] = useDisclosure()
  const form = useForm<Values>({ initialValues })
  const scope = reportId === undefined ? 'patient' : 'report'
  const templates = useInfinitePages(listTemplates, { query: { limit: 200, disabled: false } }, { live: ['template'], enabled: opened })
  const known = placeholdersOf(scope)
  const suiting = templates.rows.filter((template) => placeholdersOf(template.scope).every((name) => known.includes(name)))
  const send = useRouteMutation(sendCommunication, {
    form, done: ({ jobIds }) => t('beside.sent', { count: jobIds.length }), refreshes: [listDeliveries, countDeliveries],
    onSuccess: () => {
      form.reset()
      panel.close()
    },
  })
  if (!opened) return <Button leftSection={<IconSend size={15} />} onClick={panel.open} style={{ alignSelf: 'flex-start' }}>{t('beside.send')}</Button>
  const { channels, body } = form.getValues()
  return (
    <Form
      saveLabel={t('beside.go')}
      onSubmit={form.onSubmit(({ recipients, templateIds, subject, body: words, attachReport }) => send.mutate({
        body: {
          ...(reportId === undefined ? { patientId } : { reportIds: [reportId] }), recipients, ...(templateIds.length > 0 ? { templateIds: templateIds.map(Number) } : {}),
          ...(words.trim() ? { own: { channels, body: words, ...(subject.trim() ? { subject } : {}) } } : {}), ...(attachReport ? { attachReport } : {}),
        },
      }))}
    >
      <div className={classes.stack}>
        <h3 className={classes.heading}>{t('beside.send_title')}</h3>
        <Checkbox.Group label={t('beside.to')} {...form.getInputProps('recipients')}>
          <div className={classes.picker} style={{ gap: 14, marginTop: 6 }}>
            {(['patient', 'doctor', 'organisation'] as const).map((kind) => <Checkbox key={kind} value={kind} label={t(`recipient.${kind}`)} />)}
          </div>
        </Checkbox.Group>
        <MultiSelect label={t('beside.template')} searchable maxValues={6} data={suiting.map(({ id, name }) => ({ value: String(id), label: name }))} {...form.getInputProps('templateIds')} />
        <Textarea label={t('beside.own')} autosize minRows={3} maxLength={5000} {...form.getInputProps('body')} error={form.errors['own.body']} />
        {body.trim() !== '' && (
          <>
            <Checkbox.Group label={t('beside.channels')} {...form.getInputProps('channels')}>
              <div className={classes.picker} style={{ gap: 14, marginTop: 6 }}>{MessageChannel.enum.map((channel) => <Checkbox key={channel} value={channel} label={t(`channel.${channel}`)} />)}</div>
            </Checkbox.Group>
            {channels.includes('email') && <TextInput label={t('beside.subject')} maxLength={200} {...form.getInputProps('subject')} error={form.errors['own.subject']} />}
          </>
        )}
        {reportId !== undefined && <Checkbox label={t('beside.attach')} {...form.getInputProps('attachReport', { type: 'checkbox' })} />}
        <Button type="submit" leftSection={<IconSend size={15} />} loading={send.isPending} style={{ alignSelf: 'flex-start' }}>{t('beside.go')}</Button>
      </div>
    </Form>
  )
}
