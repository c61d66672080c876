import { getProfile, listProfiles, updateProfile, type Profile } from '@aliquot/contracts'
import { Alert, Button, NativeSelect } from '@mantine/core'
import { IconHistory, IconUsers } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toastProblem, useFormat, useRouteMutation, useRouteQuery, useSession, useUnsavedGuard } from '../../../platform/index.ts'
import type { ApiProblem } from '../../../platform/problem.ts'
import { DateTime, Loaded, Page, PageHeader } from '../../../ui/index.ts'
import { ProfileEditor, type ProfileDraft } from './profile-editor.tsx'

export function ProfilePage() {
  const { profileId } = useParams({ strict: false }) as { profileId?: string }
  const query = useRouteQuery(getProfile, { params: { profileId: Number(profileId) }, query: {} }, { live: ['instrument'] })
  return <Loaded query={query}>{(profile) => <EditProfile key={profile.id} profile={profile} />}</Loaded>
}

const draftOf = ({ name, definition }: Profile): ProfileDraft => ({ name, definition, note: '' })

function EditProfile({ profile }: { profile: Profile }) {
  const { t } = useTranslation('devices')
  const { can } = useSession()
  const format = useFormat()
  const [base, setBase] = useState(profile)
  const [draft, setDraft] = useState(() => draftOf(profile))
  const [begun, setBegun] = useState(0)
  const [refused, setRefused] = useState<ApiProblem['errors']>([])
  const [old, setOld] = useState<number | null>(null)
  const earlier = useRouteQuery(getProfile, { params: { profileId: profile.id }, query: { version: old ?? undefined } }, { enabled: old !== null })
  const dirty = useMemo(() => draft.name !== base.name || JSON.stringify(draft.definition) !== JSON.stringify(base.definition), [draft, base])
  const { guard } = useUnsavedGuard(dirty)
  const newer = profile.version > base.version
  const begin = (next: ProfileDraft) => {
    setDraft(next)
    setBegun((count) => count + 1)
  }
  const take = (newest: Profile) => {
    setBase(newest)
    setRefused([])
    begin(draftOf(newest))
  }
  useEffect(() => {
    if (newer && !dirty) take(profile)
  })
  const save = useRouteMutation(updateProfile, {
    done: t('profile.saved'), refreshes: [getProfile, listProfiles],
    onSuccess: (saved) => {
      setBase(saved)
      setDraft(draftOf(saved))
      setRefused([])
    },
    onProblem: (problem) => {
      setRefused(problem.errors)
      if (problem.errors.length === 0) toastProblem(problem)
      return true
    },
  })
  const editable = can('devices.manage')
  return (
    <Page>
      {guard}
      <PageHeader
        title={base.name} back={{ to: '/instruments/profiles', label: t('profiles.title') }}
        subtitle={<>{t('profile.version', { version: base.version })} · {base.changedBy.name} <DateTime at={base.changedAt} />{base.note && ` · ${base.note}`}</>}
        actions={base.versions.length > 1 && (
          <NativeSelect
            aria-label={t('profile.versions')} value="" leftSection={<IconHistory size={15} aria-hidden />}
            data={[{ value: '', label: t('profile.versions') }, ...base.versions.filter(({ version }) => version !== base.version).map(({ version, at, note }) => ({ value: String(version), label: [`${version}`, format.briefly(at), note].filter(Boolean).join(' · ') }))]}
            onChange={(event) => setOld(event.currentTarget.value ? Number(event.currentTarget.value) : null)}
          />
        )}
      />
      <ProfileEditor
        key={begun} draft={draft} editable={editable} dirty={dirty} saving={save.isPending} refused={refused} onChange={setDraft}
        onSave={() => save.mutate({ params: { profileId: base.id }, body: { version: base.version, name: draft.name.trim(), definition: draft.definition, note: draft.note.trim() } })}
        notices={
          <>
            {newer && dirty && (
              <Alert color="yellow" variant="light" icon={<IconUsers size={18} />} role="alert" mb="md">
                {t('form.newer')} <Button size="compact-sm" variant="default" onClick={() => take(profile)}>{t('form.take_theirs')}</Button>{' '}
                <Button size="compact-sm" variant="default" onClick={() => setBase(profile)}>{t('form.keep_mine')}</Button>
              </Alert>
            )}
            {old !== null && earlier.data && (
              <Alert color="blue" variant="light" icon={<IconHistory size={18} />} mb="md">
                {t('profile.earlier', { version: old, name: earlier.data.changedBy.name })}{' '}
                <Button size="compact-sm" variant="default" onClick={() => {
                  if (earlier.data) begin({ ...draftOf(earlier.data), note: t('profile.restored_note', { version: old }) })
                  setOld(null)
                }}>{t('profile.restore')}</Button>{' '}
                <Button size="compact-sm" variant="default" onClick={() => setOld(null)}>{t('form.close')}</Button>
              </Alert>
            )}
          </>
        }
      />
    </Page>
  )
}
