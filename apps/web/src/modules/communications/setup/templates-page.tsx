import { createTemplate, listTemplates, MessageChannel, MessageScope, updateTemplate, type MessageTemplate } from '@aliquot/contracts'
import { Button, Select, Switch, TagsInput, TextInput } from '@mantine/core'
import { IconLanguage, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, useInfinitePages, useSession } from '../../../platform/index.ts'
import { FieldRow, StatusBadge, type Column, type RecordForm } from '../../../ui/index.ts'
import { ChannelMark } from '../looks.tsx'
import classes from '../messages.module.css'
import { SetupPage } from './setup-page.tsx'
import { blank, textOf, valuesOf, type TemplateValues } from './template-values.ts'
import { TextEditor } from './text-editor.tsx'

export function TemplatesPage() {
  const { t } = useTranslation('communications')
  const { can } = useSession()
  const source = useInfinitePages(listTemplates, { query: {} }, { live: ['template', 'trigger'] })
  const columns: Column<MessageTemplate>[] = [
    {
      key: 'name', header: t('template.one'), least: 230, title: ({ name }) => name,
      cell: ({ name, texts }) => <><b>{name}</b><br /><span className={classes.quiet}>{texts[0]?.subject ?? texts[0]?.body}</span></>,
    },
    { key: 'channel', header: t('template.channel'), width: 130, cell: ({ channel }) => <ChannelMark channel={channel} /> },
    { key: 'scope', header: t('template.scope'), width: 110, cell: ({ scope }) => t(`scope.${scope}`) },
    { key: 'languages', header: t('template.languages'), width: 120, minScreen: 1000, cell: ({ texts }) => texts.map(({ language }) => language).join(', ') },
    {
      key: 'used', header: t('tabs.triggers'), width: 150,
      cell: ({ triggers, disabled }) => (disabled ? <StatusBadge status="disabled" /> : triggers === 0 ? t('template.unused') : t('template.used', { count: triggers })),
    },
  ]
  const bodyOf = ({ texts, channel, ...values }: TemplateValues) => ({ ...values, channel, texts: texts.map((text) => textOf(channel, text)) })
  return (
    <SetupPage<MessageTemplate, TemplateValues>
      kind="templates" list={listTemplates} source={source} columns={columns} editable={can('communications.manage')} values={valuesOf}
      words={{ new: t('template.new'), save: t('template.save'), saved: (name) => t('template.saved', { name }), none: t('template.none'), noneText: t('template.none_text') }}
      save={(values, row) => {
        if (row) return call(updateTemplate, { params: { templateId: row.id }, body: { version: row.version, ...bodyOf(values) } })
        const { disabled: _disabled, ...body } = bodyOf(values)
        return call(createTemplate, { body })
      }}
      fields={(form) => <TemplateFields form={form} />}
    />
  )
}

function TemplateFields({ form }: { form: RecordForm<TemplateValues> }) {
  const { t } = useTranslation('communications')
  const values = form.getValues()
  const [chosen, setChosen] = useState(0)
  const index = Math.min(chosen, values.texts.length - 1)
  const languages = values.texts.map(({ language }) => language)
  const setLanguages = (wanted: string[]) => {
    const clean = wanted.map((each) => each.trim().toLowerCase()).filter((each) => /^[a-z]{2,3}$/.test(each))
    if (clean.length === 0) return
    form.setFieldValue('texts', clean.map((language) => values.texts.find((text) => text.language === language) ?? blank(language)))
    setChosen(clean.length - 1)
  }
  return (
    <div className={classes.stack}>
      <TextInput label={t('template.name')} withAsterisk maxLength={80} data-autofocus {...form.getInputProps('name')} />
      <FieldRow>
        <Select label={t('template.channel')} allowDeselect={false} data={MessageChannel.enum.map((value) => ({ value, label: t(`channel.${value}`) }))} {...form.getInputProps('channel')} />
        <Select label={t('template.scope')} allowDeselect={false} data={MessageScope.enum.map((value) => ({ value, label: t(`scope.${value}`) }))} {...form.getInputProps('scope')} />
      </FieldRow>
      <TagsInput label={t('template.languages')} value={languages} onChange={setLanguages} maxTags={12} />
      {languages.length > 1 && (
        <div className={classes.picker}>
          {languages.map((language, at) => (
            <Button key={language} size="compact-sm" variant={at === index ? 'filled' : 'default'} leftSection={<IconLanguage size={14} />} onClick={() => setChosen(at)}>{language}</Button>
          ))}
          <Button size="compact-sm" variant="subtle" color="red" leftSection={<IconTrash size={14} />} onClick={() => setLanguages(languages.filter((_, at) => at !== index))}>{t('template.remove_language')}</Button>
        </div>
      )}
      <TextEditor key={`${index}${values.channel}`} form={form} index={index} />
      <Switch label={t('template.disabled')} description={t('template.disabled_about')} {...form.getInputProps('disabled', { type: 'checkbox' })} />
    </div>
  )
}
