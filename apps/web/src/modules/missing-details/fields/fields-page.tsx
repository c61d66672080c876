import {
  listMissingDetailsConfig, listMissingDetailsTemplates, saveMissingDetailsConfig, summariseMissingDetails, type MissingDetailsConfig,
  type MissingDetailsTemplate,
} from '@aliquot/contracts'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRouteMutation, useRouteQuery, useUnsavedGuard, type ApiProblem } from '../../../platform/index.ts'
import { Form, FormFooter, Loaded, Page, PageHeader, SaveButton } from '../../../ui/index.ts'
import { MissingTabs } from '../missing-tabs.tsx'
import { changedInputs, draftOf, type Draft } from './drafts.ts'
import { FieldTable } from './field-table.tsx'
import { Targets } from './targets.tsx'

/** Which details may hold a placeholder, and which. */
export function FieldsPage() {
  const { t } = useTranslation('missing-details')
  const templates = useRouteQuery(listMissingDetailsTemplates, {})
  const watched = useRouteQuery(listMissingDetailsConfig, {}, { live: ['missing_field', 'missing_detail'] })
  const resting = useRouteQuery(listMissingDetailsConfig, { query: { isDisabled: true } }, { live: ['missing_field'] })
  return (
    <Page>
      <PageHeader title={t('title')} subtitle={t('fields.about')} />
      <MissingTabs />
      <Loaded query={templates}>
        {({ items }) => (
          <Loaded query={watched}>
            {(on) => <Loaded query={resting}>{(off) => <FieldsForm templates={items} known={[...on.items, ...off.items]} />}</Loaded>}
          </Loaded>
        )}
      </Loaded>
      <Targets />
    </Page>
  )
}

function FieldsForm({ templates, known }: { templates: readonly MissingDetailsTemplate[]; known: readonly MissingDetailsConfig[] }) {
  const { t } = useTranslation('missing-details')
  const [drafts, setDrafts] = useState<ReadonlyMap<number, Draft>>(new Map())
  const [errors, setErrors] = useState<ReadonlyMap<number, string>>(new Map())
  const configOf = ({ fieldModule, fieldName }: MissingDetailsTemplate) =>
    known.find((each) => each.fieldModule === fieldModule && each.fieldName === fieldName)
  const changed = templates.filter((template) => drafts.has(template.id))
  const { guard } = useUnsavedGuard(changed.length > 0)
  const reset = () => { setDrafts(new Map()); setErrors(new Map()) }
  const save = useRouteMutation(saveMissingDetailsConfig, {
    refreshes: [listMissingDetailsConfig, summariseMissingDetails], done: t('fields.saved'), onSuccess: reset,
    onProblem: (problem: ApiProblem) => {
      const found = problem.errors.flatMap(({ path, message }) => {
        const template = changed[Number(/^\/configs\/(\d+)/.exec(path)?.[1] ?? -1)]
        return template ? [[template.id, message] as const] : []
      })
      setErrors(new Map(found))
      return found.length > 0
    },
  })
  const set = (template: MissingDetailsTemplate, change: Partial<Draft>) => {
    const before = draftOf(configOf(template))
    const next = { ...before, ...drafts.get(template.id), ...change }
    const same = JSON.stringify(next) === JSON.stringify(before)
    setDrafts(new Map([...drafts].filter(([id]) => id !== template.id).concat(same ? [] : [[template.id, next]])))
    setErrors(new Map([...errors].filter(([id]) => id !== template.id)))
  }
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    if (changed.length > 0 && !save.isPending) save.mutate({ body: { configs: changedInputs(changed, drafts, configOf) } })
  }
  return (
    <Form saveLabel={t('fields.save', { count: changed.length })} onSubmit={submit}>
      <FieldTable templates={templates} configOf={configOf} draftOf={(template) => drafts.get(template.id)} errors={errors} onChange={set} />
      <FormFooter>
        {changed.length > 0 && <Button variant="default" onClick={reset}>{t('fields.discard')}</Button>}
        <SaveButton loading={save.isPending} disabled={changed.length === 0}>
          {changed.length === 0 ? undefined : t('fields.save', { count: changed.length })}
        </SaveButton>
      </FormFooter>
      {guard}
    </Form>
  )
}
