import { placeholdersOf, previewTemplate } from '@aliquot/contracts'
import { TagsInput, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useRouteQuery } from '../../../platform/index.ts'
import { FieldRow, type RecordForm } from '../../../ui/index.ts'
import { AsSeen } from '../log/as-seen.tsx'
import classes from '../messages.module.css'
import { textOf, type TemplateValues } from './template-values.ts'

/** One language of a template: its words, what can be put in, and how it reads with the lab's newest data. */
export function TextEditor({ form, index }: { form: RecordForm<TemplateValues>; index: number }) {
  const { t } = useTranslation('communications')
  const { channel, scope, texts } = form.getValues()
  const text = texts[index]
  const area = useRef<HTMLTextAreaElement>(null)
  const [asked] = useDebouncedValue(text ? { channel, scope, text: textOf(channel, text) } : null, 300)
  const preview = usePreview(asked)
  if (!text) return null
  const insert = (name: string) => {
    const at = area.current?.selectionStart ?? text.body.length
    form.setFieldValue(`texts.${index}.body`, `${text.body.slice(0, at)}{${name}}${text.body.slice(area.current?.selectionEnd ?? at)}` as never)
    requestAnimationFrame(() => area.current?.setSelectionRange(at + name.length + 2, at + name.length + 2))
    area.current?.focus()
  }
  const { rendered, faults = [], example } = preview ?? {}
  return (
    <>
      {channel === 'email' && <TextInput label={t('template.subject')} withAsterisk maxLength={200} {...form.getInputProps(`texts.${index}.subject`)} />}
      <Textarea ref={area} label={t('template.body')} withAsterisk autosize minRows={4} maxRows={14} maxLength={10_000} {...form.getInputProps(`texts.${index}.body`)} />
      <div className={classes.picker} role="group" aria-label={t('template.insert')}>
        {placeholdersOf(scope).map((name) => <button key={name} type="button" className={classes.chip} onClick={() => insert(name)}>{name}</button>)}
      </div>
      {channel === 'whatsapp' && (
        <>
          <p className={classes.quiet} style={{ margin: 0 }}>{t('template.whatsapp_about')}</p>
          <FieldRow>
            <TextInput label={t('template.whatsapp_name')} maxLength={120} {...form.getInputProps(`texts.${index}.whatsapp.name`)} />
            <TextInput label={t('template.whatsapp_language')} maxLength={15} {...form.getInputProps(`texts.${index}.whatsapp.language`)} />
          </FieldRow>
          <TagsInput label={t('template.whatsapp_parameters')} data={[...placeholdersOf(scope)]} maxTags={20} {...form.getInputProps(`texts.${index}.whatsapp.parameters`)} />
        </>
      )}
      {faults.length > 0 && (
        <ul className={classes.faults} role="alert">
          {faults.map((fault, at) => <li key={at}>{t('template.fault', { at: fault.at + 1, text: fault.text, message: fault.message })}</li>)}
        </ul>
      )}
      {rendered && (
        <section className={classes.stack} aria-label={t('template.preview')}>
          <div className={classes.side}>
            <h3 className={classes.heading}>{t('template.preview')}</h3>
            <span className={classes.quiet}>
              {rendered.segments !== null && t('template.size', { length: rendered.length, segments: rendered.segments, encoding: rendered.encoding ?? '' })}
            </span>
          </div>
          <AsSeen channel={channel} subject={rendered.subject} body={rendered.body} />
          <span className={classes.quiet}>{example ? t('template.example', { about: example }) : t('template.no_example')}</span>
        </section>
      )}
    </>
  )
}

type Asked = { channel: TemplateValues['channel']; scope: TemplateValues['scope']; text: ReturnType<typeof textOf> } | null

const nothing = { channel: 'sms', scope: 'patient', text: { language: 'en', body: '' } } as const

/** The server's preview of what was typed last; the one before stays until it is there. */
function usePreview(asked: Asked) {
  const query = useRouteQuery(previewTemplate, { body: asked ?? nothing }, { enabled: asked !== null, keepPrevious: true })
  return query.data
}
