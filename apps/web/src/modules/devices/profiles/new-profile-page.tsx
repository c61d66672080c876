import { createProfile, listProfiles } from '@aliquot/contracts'
import { NativeSelect } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toastProblem, useRouteMutation, useUnsavedGuard } from '../../../platform/index.ts'
import type { ApiProblem } from '../../../platform/problem.ts'
import { Page, PageHeader } from '../../../ui/index.ts'
import { blankProfiles } from './blank-profile.ts'
import { ProfileEditor, type ProfileDraft } from './profile-editor.tsx'

const blank: ProfileDraft = { name: '', note: '', definition: blankProfiles.hl7 }

export function NewProfilePage() {
  const { t } = useTranslation('devices')
  const navigate = useNavigate()
  const [draft, setDraft] = useState(blank)
  const [refused, setRefused] = useState<ApiProblem['errors']>([])
  const { guard, release } = useUnsavedGuard(draft !== blank)
  const create = useRouteMutation(createProfile, {
    done: t('profile.created'), refreshes: [listProfiles],
    onSuccess: ({ id }) => {
      release()
      void navigate({ to: '/instruments/profiles/$profileId', params: { profileId: String(id) } })
    },
    onProblem: (problem) => {
      setRefused(problem.errors)
      if (problem.errors.length === 0) toastProblem(problem)
      return true
    },
  })
  return (
    <Page>
      {guard}
      <PageHeader title={t('profile.new')} subtitle={t('profile.about')} back={{ to: '/instruments/profiles', label: t('profiles.title') }} />
      <ProfileEditor
        key={draft.definition.protocol} draft={draft} editable dirty saving={create.isPending} refused={refused} onChange={setDraft}
        onSave={() => create.mutate({ body: { name: draft.name.trim(), definition: draft.definition, ...(draft.note.trim() ? { note: draft.note.trim() } : {}) } })}
        notices={
          <NativeSelect
            label={t('profile.begin')} mb="md" value={draft.definition.protocol}
            data={(['hl7', 'astm', 'astm_unframed'] as const).map((value) => ({ value, label: t(`protocol.${value}`) }))}
            onChange={(event) => setDraft({ ...draft, definition: blankProfiles[event.currentTarget.value as keyof typeof blankProfiles] })}
          />
        }
      />
    </Page>
  )
}
