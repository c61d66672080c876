import { getPatient, listPatients, mergePatients, previewMerge, type MergeField, type MergePreview } from '@aliquot/contracts'
import { Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconArrowMerge, IconArrowsExchange } from '@tabler/icons-react'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient, routeKey, useRouteMutation, useRouteQuery } from '../../../platform/index.ts'
import { ConfirmForm, Loaded, Page, PageHeader, PersonPicker, type Choice } from '../../../ui/index.ts'
import { mergeSearch } from '../filters.ts'
import { Compare } from './compare.tsx'
import { differing, proposed } from './merge-fields.ts'
import classes from './merge.module.css'
import { Moves } from './moves.tsx'

export function MergePage() {
  const { t } = useTranslation('patients')
  const patientId = Number(useParams({ strict: false }).patientId)
  const { with: mergeId } = mergeSearch.parse(useSearch({ strict: false }))
  const navigate = useNavigate()
  const keep = useRouteQuery(getPatient, { params: { patientId } })
  const query = useRouteQuery(previewMerge, { params: { patientId, mergeId: mergeId ?? 1 } }, {
    enabled: mergeId !== undefined, live: [`patient:${patientId}`, `patient:${mergeId ?? 0}`],
  })
  const choose = (other: Choice<unknown> | null) => void navigate({
    to: '/patients/$patientId/merge', params: { patientId: String(patientId) }, search: other ? { with: other.id } : {}, replace: true,
  })
  return (
    <Page>
      <Loaded query={keep}>
        {({ fullName, number }) => (
          <PageHeader title={t('merge.title', { name: fullName })} subtitle={number} back={{ to: `/patients/${patientId}`, label: fullName }} />
        )}
      </Loaded>
      {mergeId === undefined
        ? <div className={classes.choose}><PersonPicker label={t('merge.other')} description={t('merge.text')} autoFocus value={null} onChange={choose} /></div>
        : <Loaded query={query}>{(preview) => <Side key={`${preview.keep.id}:${preview.merge.id}`} preview={preview} />}</Loaded>}
    </Page>
  )
}

/** Both records side by side: of each detail that differs, one is kept. */
function Side({ preview: { keep, merge, moves } }: { preview: MergePreview }) {
  const { t } = useTranslation('patients')
  const navigate = useNavigate()
  const [choose, setChoose] = useState<ReadonlySet<MergeField>>(() => new Set(proposed(keep, merge)))
  const [asking, dialog] = useDisclosure()
  const fields = differing(keep, merge)
  const mutation = useRouteMutation(mergePatients, {
    refreshes: [getPatient, listPatients], done: t('merge.done', { number: merge.number, name: keep.fullName }),
    onSuccess: () => void navigate({ to: '/patients/$patientId', params: { patientId: String(keep.id) } }),
    onProblem: (problem) => {
      if (problem.code === 'platform.stale_version') void queryClient.invalidateQueries({ queryKey: routeKey(previewMerge) })
      return false
    },
  })
  const swap = () => void navigate({
    to: '/patients/$patientId/merge', params: { patientId: String(merge.id) }, search: { with: keep.id }, replace: true,
  })
  const pick = (field: MergeField, take: boolean) => setChoose((before) => {
    const next = new Set(before)
    if (take) next.add(field)
    else next.delete(field)
    return next
  })
  return (
    <div className={classes.columns}>
      <div className={classes.main}>
        <Compare keep={keep} merge={merge} fields={fields} chosen={choose} onPick={pick} />
      </div>
      <aside className={classes.side}>
        <Moves moves={moves} from={merge} to={keep} />
        <p className={classes.after}>{t('merge.after', { number: merge.number })}</p>
        <Button fullWidth leftSection={<IconArrowMerge size={16} />} onClick={dialog.open}>{t('merge.do')}</Button>
        <Button fullWidth variant="default" leftSection={<IconArrowsExchange size={16} />} onClick={swap}>{t('merge.swap')}</Button>
      </aside>
      <Modal opened={asking} onClose={dialog.close} title={t('merge.sure', { gone: merge.number, kept: keep.number })}>
        <ConfirmForm
          text={t('merge.sure_text')} confirm={t('merge.do')} dangerous onClose={dialog.close}
          onConfirm={() => mutation.mutateAsync({
            params: { patientId: keep.id },
            body: { version: keep.version, mergeId: merge.id, mergeVersion: merge.version, choose: fields.filter((field) => choose.has(field)) },
          })}
        />
      </Modal>
    </div>
  )
}
