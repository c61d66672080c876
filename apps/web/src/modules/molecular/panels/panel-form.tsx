import {
  listAntibiotics, listGenes, listMolecularPanels, listOrganisms, saveMolecularPanel, type Antibiotic, type Gene, type MolecularPanel, type Organism,
} from '@aliquot/contracts'
import { ActionIcon, Button, NativeSelect, NumberInput, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useRouteMutation, useSession, useUnsavedGuard } from '../../../platform/index.ts'
import { FieldRow, Form, FormFooter, FormSection, Page, PageHeader, RemoteSelect, SaveButton, ToneBadge } from '../../../ui/index.ts'
import { blankTarget, bodyOf, valuesOf, type PanelValues } from './panel-values.ts'
import { TargetList } from './target-list.tsx'
import classes from './panel.module.css'

/** What a test examines: its targets with the cut-offs of the assay, its controls, antibiotics in their order, and words for the report. */
export function PanelForm({ panel }: { panel: MolecularPanel }) {
  const { t } = useTranslation('molecularEntry')
  const { can } = useSession()
  const form = useForm<PanelValues>({ initialValues: valuesOf(panel) })
  const { release } = useUnsavedGuard(form.isDirty())
  const save = useRouteMutation(saveMolecularPanel, { form, done: t('panels.saved'), refreshes: [listMolecularPanels] })
  const { values } = form
  const readOnly = !can('molecular.manage')
  const input = (q: string) => ({ query: { limit: 20, ...(q ? { q } : {}) } })
  const add = (list: 'organisms' | 'genes', id: number, name: string) => !values[list].some((each) => each.id === id) && form.insertListItem(list, blankTarget(id, name))
  return (
    <Page>
      <PageHeader
        title={panel.test.name} back={{ to: '/molecular/panels', label: t('panels.title') }}
        mark={panel.version === null ? <ToneBadge tone="amber">{t('panels.not_set')}</ToneBadge> : <ToneBadge tone="neutral">{`${t('panels.version')} ${panel.version}`}</ToneBadge>}
      />
      <Form
        saveLabel={t('panels.save')}
        onSubmit={form.onSubmit(async (typed) => {
          release()
          await save.mutateAsync({ params: { testId: panel.test.id }, body: bodyOf(typed, panel.version) })
          form.resetDirty()
        })}
      >
        <fieldset disabled={readOnly} className={classes.plain}>
          <FormSection title={t('panels.basics')}>
            <SegmentedControl
              data={[{ value: 'pcr', label: t('panels.pcr') }, { value: 'culture', label: t('panels.culture') }]} aria-label={t('panels.kind')} className={classes.kind ?? ''}
              {...form.getInputProps('kind')}
            />
            <FieldRow>
              <TextInput label={t('panels.method')} maxLength={500} {...form.getInputProps('method')} />
              <TextInput label={t('panels.load_unit')} maxLength={40} {...form.getInputProps('load_unit')} />
            </FieldRow>
            <Textarea label={t('panels.limitations')} autosize minRows={2} maxLength={4000} {...form.getInputProps('limitations')} />
          </FormSection>
          {values.kind === 'pcr' && (
            <FormSection title={t('panels.organisms')} text={t('panels.about_cut_off')}>
              <TargetList form={form} list="organisms" />
              <RemoteSelect
                route={listOrganisms} input={input} items={({ items }) => items} choice={(item: Organism) => ({ id: item.id, label: item.name, hint: item.category })}
                className={classes.add ?? ''} placeholder={t('panels.add_organism')} aria-label={t('panels.add_organism')}
                onChange={(choice) => choice && add('organisms', choice.id, choice.label)}
              />
            </FormSection>
          )}
          <FormSection title={t('panels.genes')}>
            <TargetList form={form} list="genes" />
            <RemoteSelect
              route={listGenes} input={input} items={({ items }) => items} choice={(item: Gene) => ({ id: item.id, label: item.name, hint: item.gene_type })}
              className={classes.add ?? ''} placeholder={t('panels.add_gene')} aria-label={t('panels.add_gene')} onChange={(choice) => choice && add('genes', choice.id, choice.label)}
            />
          </FormSection>
          <FormSection title={t('panels.antibiotics')} {...(values.kind === 'culture' ? { text: t('panels.about_culture') } : {})}>
            <ol className={classes.drugs}>
              {values.antibiotics.map(({ id, name }, at) => (
                <li key={id}>
                  <span>{name}</span>
                  <ActionIcon variant="subtle" color="gray" aria-label={t('panels.up', { name })} disabled={at === 0} onClick={() => form.reorderListItem('antibiotics', { from: at, to: at - 1 })}><IconArrowUp size={15} /></ActionIcon>
                  <ActionIcon variant="subtle" color="gray" aria-label={t('panels.down', { name })} disabled={at === values.antibiotics.length - 1} onClick={() => form.reorderListItem('antibiotics', { from: at, to: at + 1 })}><IconArrowDown size={15} /></ActionIcon>
                  <ActionIcon variant="subtle" color="gray" aria-label={t('panels.remove', { name })} onClick={() => form.removeListItem('antibiotics', at)}><IconTrash size={15} /></ActionIcon>
                </li>
              ))}
            </ol>
            <RemoteSelect
              route={listAntibiotics} input={input} items={({ items }) => items} choice={(item: Antibiotic) => ({ id: item.id, label: item.name, hint: item.category })}
              className={classes.add ?? ''} placeholder={t('panels.add_antibiotic')} aria-label={t('panels.add_antibiotic')}
              onChange={(choice) => choice && !values.antibiotics.some(({ id }) => id === choice.id) && form.insertListItem('antibiotics', { id: choice.id, name: choice.label })}
            />
          </FormSection>
          {values.kind === 'pcr' && (
            <FormSection title={t('panels.controls')}>
              {values.controls.map(({ name }, at) => (
                <div key={at} className={classes.row}>
                  <TextInput aria-label={t('panels.control_name')} placeholder={t('panels.control_name')} maxLength={80} {...form.getInputProps(`controls.${at}.name`)} />
                  <NativeSelect
                    aria-label={t('panels.control_role')} data={(['internal', 'positive', 'negative'] as const).map((value) => ({ value, label: t(`role.${value}`) }))}
                    {...form.getInputProps(`controls.${at}.role`)}
                  />
                  <NumberInput aria-label={t('panels.control_ct')} placeholder={t('panels.control_ct')} min={0} max={50} hideControls {...form.getInputProps(`controls.${at}.cut_off`)} />
                  <ActionIcon variant="subtle" color="gray" aria-label={t('panels.remove', { name })} onClick={() => form.removeListItem('controls', at)}><IconTrash size={16} /></ActionIcon>
                </div>
              ))}
              <Button variant="default" className={classes.add ?? ''} leftSection={<IconPlus size={15} />} onClick={() => form.insertListItem('controls', { name: '', role: 'internal', cut_off: '' })}>{t('panels.add_control')}</Button>
            </FormSection>
          )}
          <FormSection title={t('panels.bins')}>
            {values.bins.map(({ label }, at) => (
              <div key={at} className={classes.row}>
                <NumberInput aria-label={t('panels.bin_from')} placeholder={t('panels.bin_from')} min={0} hideControls thousandSeparator=" " {...form.getInputProps(`bins.${at}.from`)} />
                <TextInput aria-label={t('panels.bin_label')} placeholder={t('panels.bin_label')} maxLength={60} {...form.getInputProps(`bins.${at}.label`)} />
                <ActionIcon variant="subtle" color="gray" aria-label={t('panels.remove', { name: label })} onClick={() => form.removeListItem('bins', at)}><IconTrash size={16} /></ActionIcon>
              </div>
            ))}
            <Button variant="default" className={classes.add ?? ''} leftSection={<IconPlus size={15} />} onClick={() => form.insertListItem('bins', { from: '', label: '' })}>{t('panels.add_bin')}</Button>
          </FormSection>
        </fieldset>
        {!readOnly && <FormFooter><SaveButton loading={save.isPending}>{t('panels.save')}</SaveButton></FormFooter>}
      </Form>
    </Page>
  )
}
