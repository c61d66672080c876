import { copyGene, createGene, disableGene, enableGene, listAntibiotics, listGenes, updateGene, type Gene } from '@aliquot/contracts'
import { Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { call, useFilters, useInfinitePages } from '../../../platform/index.ts'
import { FieldRow, type Column } from '../../../ui/index.ts'
import { masterFilters } from '../filters.ts'
import { CutOffFields, cutOffBody, CutOffText, cutOffValues, type CutOffValues } from './cut-off-fields.tsx'
import { MappingChips, type Link } from './mapping-chips.tsx'
import { MasterPage } from './master-page.tsx'
import { useCounts } from './used-by.ts'

interface Values extends CutOffValues {
  name: string
  code: string
  gene_type: string
  cpt_code: string
  description: string
  antibiotics: Link[]
}

const geneId = (id: number) => ({ params: { geneId: id } })
const idsOf = (links: readonly Link[]) => links.map(({ id }) => id)

function save({ antibiotics, ...typed }: Values, row: Gene | null): Promise<Gene> {
  const { name, code, gene_type, cpt_code, description } = typed
  const fields = { name: name.trim(), code: code.trim(), gene_type: gene_type.trim(), cpt_code: cpt_code.trim(), description, ...cutOffBody(typed) }
  if (row === null) return call(createGene, { body: { ...fields, antibiotics: idsOf(antibiotics) } })
  return call(updateGene, { ...geneId(row.id), body: { version: row.version, ...(row.is_default ? {} : fields), antibiotics: idsOf(antibiotics) } })
}

/** Resistance genes, and the antibiotics that each makes fail. */
export function GenesPage() {
  const { t } = useTranslation('molecular')
  const { q, disabled } = useFilters(masterFilters).values
  const source = useInfinitePages(listGenes, { query: { q, is_disabled: disabled ? 1 : 0 } }, { live: ['gene', 'antibiotic', 'organism'] })
  const counts = useCounts()
  const usedBy = (gene: Gene) => counts({ organisms: gene.organisms.length, instruments: gene.used_by.instruments })
  const columns: Column<Gene>[] = [
    { key: 'type', header: t('gene.type'), least: 180, minScreen: 900, cell: (gene) => gene.gene_type, title: (gene) => gene.gene_type },
    { key: 'cut_off', header: t('field.cut_off'), width: 150, cell: (gene) => <CutOffText cut={gene} /> },
    {
      key: 'antibiotics', header: t('antibiotic.title'), least: 160, cell: ({ antibiotics }) => antibiotics.map(({ name }) => name).join(', ') || '–',
      title: ({ antibiotics }) => antibiotics.map(({ name }) => name).join('\n'),
    },
    { key: 'used', header: t('field.used_by'), width: 150, minScreen: 1000, cell: (gene) => usedBy(gene) || '–', title: usedBy },
  ]
  return (
    <MasterPage<Gene, Values>
      kind="gene" source={source} columns={columns} usedBy={usedBy} save={save}
      verbs={{
        disable: (id) => call(disableGene, geneId(id)), enable: (id) => call(enableGene, geneId(id)), copy: (id) => call(copyGene, geneId(id)),
      }}
      values={(row) => ({
        name: row?.name ?? '', code: row?.code ?? '', gene_type: row?.gene_type ?? '', cpt_code: row?.cpt_code ?? '', description: row?.description ?? '',
        antibiotics: row?.antibiotics ?? [], ...cutOffValues(row),
      })}
      fields={(form, { fixed, editable }) => (
        <>
          <FieldRow>
            <TextInput label={t('field.name')} withAsterisk maxLength={150} data-autofocus disabled={fixed} {...form.getInputProps('name')} />
            <TextInput label={t('field.code')} maxLength={150} disabled={fixed} {...form.getInputProps('code')} />
          </FieldRow>
          <FieldRow>
            <TextInput label={t('gene.type')} maxLength={150} disabled={fixed} {...form.getInputProps('gene_type')} />
            <TextInput label={t('field.cpt_code')} maxLength={250} disabled={fixed} {...form.getInputProps('cpt_code')} />
          </FieldRow>
          <CutOffFields form={form} fixed={fixed} />
          <MappingChips
            label={t('gene.antibiotics')} editable={editable} placeholder={t('gene.add')} route={listAntibiotics} input={(text) => ({ query: { q: text, limit: 20 } })}
            offers={({ items }) => items} {...form.getInputProps('antibiotics')} value={form.getValues().antibiotics}
          />
          <Textarea label={t('field.description')} autosize minRows={2} maxLength={2000} disabled={fixed} {...form.getInputProps('description')} />
        </>
      )}
    />
  )
}
