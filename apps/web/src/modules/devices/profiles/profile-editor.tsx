import type { DeviceProfile } from '@aliquot/contracts'
import { SegmentedControl, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { FieldRow, Form, FormFooter, SaveButton } from '../../../ui/index.ts'
import { useDictionary } from '../mapping/use-dictionary.ts'
import { ProfileFields } from './profile-fields.tsx'
import { ProfileJson } from './profile-json.tsx'
import classes from './profiles.module.css'
import { TryPane } from './try-pane.tsx'

export interface ProfileDraft {
  name: string
  note: string
  definition: DeviceProfile
}

interface ProfileEditorProps {
  draft: ProfileDraft
  editable: boolean
  dirty: boolean
  saving: boolean
  /** What the server refused, by place. */
  refused: readonly { path: string; message: string }[]
  notices?: ReactNode
  onChange: (draft: ProfileDraft) => void
  onSave: () => void
}

/** A profile as form or as JSON, with what it makes of a message beside it. */
export function ProfileEditor({ draft, editable, dirty, saving, refused, notices, onChange, onSave }: ProfileEditorProps) {
  const { t } = useTranslation('devices')
  const [shape, setShape] = useState<'form' | 'json'>('form')
  const [left, setLeft] = useState(false)
  const dictionary = useDictionary()
  const { definition, name, note } = draft
  return (
    <div className={classes.columns}>
      <Form saveLabel={t('profile.save')} onSubmit={(event) => {
        event.preventDefault()
        if (dirty && name.trim()) onSave()
      }}>
        <fieldset disabled={!editable} className={classes.plain}>
          {notices}
          {refused.length > 0 && <ul className={classes.refused} role="alert">{refused.map(({ path, message }) => <li key={path}><code>{path.replace(/^\/definition/, '')}</code> {message}</li>)}</ul>}
          <FieldRow>
            <TextInput
              label={t('profile.name')} withAsterisk maxLength={80} value={name} error={left && !name.trim() ? t('form.missing') : null}
              onBlur={() => setLeft(true)} onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
            />
            {editable && (
              <TextInput
                label={t('profile.note')} description={t('profile.note_about')} maxLength={300} value={note}
                onChange={(event) => onChange({ ...draft, note: event.currentTarget.value })}
              />
            )}
          </FieldRow>
          <SegmentedControl
            size="xs" mt="md" mb="sm" value={shape} onChange={(value) => setShape(value as typeof shape)}
            data={[{ value: 'form', label: t('profile.form') }, { value: 'json', label: t('profile.json') }]}
          />
          {shape === 'form'
            ? <div className={classes.sections}><ProfileFields definition={definition} dictionary={dictionary} onChange={(change) => onChange({ ...draft, definition: { ...definition, ...change } })} /></div>
            : <ProfileJson definition={definition} onChange={(next) => onChange({ ...draft, definition: next })} />}
        </fieldset>
        {editable && <FormFooter><SaveButton loading={saving} disabled={!dirty || name.trim() === ''}>{t('profile.save')}</SaveButton></FormFooter>}
      </Form>
      {editable && <TryPane definition={definition} />}
    </div>
  )
}
