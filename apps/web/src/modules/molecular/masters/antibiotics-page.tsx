import {
  copyAntibiotic, createAntibiotic, disableAntibiotic, enableAntibiotic, listAntibiotics, listGenes, listOrganisms, restoreAntibioticMappings, sampleTypes,
  updateAntibiotic, type Antibiotic, type Gene,
} from '@aliquot/contracts'
import { NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { call, useFilters, useInfinitePages } from '../../../platform/index.ts'
import { FieldRow, type Column } from '../../../ui/index.ts'
import { masterFilters } from '../filters.ts'
import { MappingChips, type Link } from './mapping-chips.tsx'
import { MasterPage } from './master-page.tsx'
import { useCounts } from './used-by.ts'

const texts = ['name', 'code', 'category', 'class', 'whonet_code', 'method', 'unit', 'device_name', 'dosage', 'description', 'cpt_code'] as const
type Texts = Pick<Antibiotic, (typeof texts)[number]>
interface Values extends Texts {
  sort: number
  sample_type: Antibiotic['sample_type']
  organisms: Link[]
  genes: Link[]
}

const antibioticId = (id: number) => ({ params: { antibioticId: id } })
const textsOf = (row: Texts | null) => Object.fromEntries(texts.map((field) => [field, row?.[field].trim() ?? ''])) as unknown as Texts
const idsOf = (links: readonly Link[]) => links.map(({ id }) => id)

function save(typed: Values, row: Antibiotic | null): Promise<Antibiotic> {
  const fields = { ...textsOf(typed), sort: typed.sort, sample_type: typed.sample_type }
  const mappings = { organisms: idsOf(typed.organisms), genes: idsOf(typed.genes) }
  if (row === null) return call(createAntibiotic, { body: { ...fields, ...mappings } })
  return call(updateAntibiotic, { ...antibioticId(row.id), body: { version: row.version, ...(row.is_default ? {} : fields), ...mappings } })
}

export const asLink = ({ id, name, code, is_disabled, gene_type }: Gene): Link => ({ id, name, code, is_disabled, category: gene_type })

/** Antibiotics in the order of an antibiogram. */
export function AntibioticsPage() {
  const { t } = useTranslation('molecular')
  const { q, disabled } = useFilters(masterFilters).values
  const source = useInfinitePages(listAntibiotics, { query: { q, is_disabled: disabled ? 1 : 0 } }, { live: ['gene', 'antibiotic', 'organism'] })
  const counts = useCounts()
  const usedBy = ({ used_by: { genes, organisms, molecular_organisms } }: Antibiotic) =>
    counts({ genes, organisms, resistance_tables: molecular_organisms })
  const columns: Column<Antibiotic>[] = [
    { key: 'category', header: t('field.category'), least: 190, cell: ({ category }) => category, title: ({ category }) => category },
    { key: 'class', header: t('antibiotic.class'), least: 170, minScreen: 1100, cell: (drug) => drug.class, title: (drug) => drug.class },
    { key: 'code', header: t('antibiotic.atc'), width: 110, cell: ({ code }) => code || '–' },
    { key: 'whonet', header: t('field.whonet_code'), width: 120, minScreen: 900, cell: ({ whonet_code: code }) => code || '–' },
    { key: 'used', header: t('field.used_by'), least: 190, cell: (drug) => usedBy(drug) || '–', title: usedBy },
  ]
  return (
    <MasterPage<Antibiotic, Values>
      kind="antibiotic" source={source} columns={columns} usedBy={usedBy} save={save}
      verbs={{
        disable: (id) => call(disableAntibiotic, antibioticId(id)), enable: (id) => call(enableAntibiotic, antibioticId(id)),
        copy: (id) => call(copyAntibiotic, antibioticId(id)), restore: (id) => call(restoreAntibioticMappings, antibioticId(id)),
      }}
      values={(row) => ({
        ...textsOf(row), sort: row?.sort ?? 100_000, sample_type: row?.sample_type ?? '', organisms: row?.organisms ?? [], genes: row?.genes ?? [],
      })}
      fields={(form, { fixed, editable }) => (
        <>
          <FieldRow>
            <TextInput label={t('field.name')} withAsterisk maxLength={150} data-autofocus disabled={fixed} {...form.getInputProps('name')} />
            <TextInput label={t('field.category')} maxLength={200} disabled={fixed} {...form.getInputProps('category')} />
          </FieldRow>
          <FieldRow columns={3}>
            <TextInput label={t('antibiotic.atc')} maxLength={150} disabled={fixed} {...form.getInputProps('code')} />
            <TextInput label={t('field.whonet_code')} maxLength={20} disabled={fixed} {...form.getInputProps('whonet_code')} />
            <TextInput label={t('field.cpt_code')} maxLength={250} disabled={fixed} {...form.getInputProps('cpt_code')} />
          </FieldRow>
          <MappingChips
            label={t('antibiotic.genes')} editable={editable} placeholder={t('antibiotic.add_gene')} route={listGenes}
            input={(text) => ({ query: { q: text, limit: 20 } })} offers={({ items }) => items.map(asLink)} {...form.getInputProps('genes')}
            value={form.getValues().genes}
          />
          <MappingChips
            label={t('antibiotic.organisms')} editable={editable} placeholder={t('antibiotic.add_organism')} route={listOrganisms}
            input={(text) => ({ query: { q: text, limit: 20 } })} offers={({ items }) => items} {...form.getInputProps('organisms')}
            value={form.getValues().organisms}
          />
          <FieldRow>
            <TextInput
              label={t('antibiotic.class')} description={t('antibiotic.class_about')} maxLength={200} disabled={fixed} {...form.getInputProps('class')}
            />
            <NumberInput
              label={t('antibiotic.sort')} description=" " min={0} max={1_000_000} allowDecimal={false} hideControls disabled={fixed} {...form.getInputProps('sort')}
            />
          </FieldRow>
          <FieldRow>
            <TextInput label={t('antibiotic.method')} maxLength={150} disabled={fixed} {...form.getInputProps('method')} />
            <TextInput label={t('antibiotic.unit')} maxLength={150} disabled={fixed} {...form.getInputProps('unit')} />
            <TextInput label={t('antibiotic.dosage')} maxLength={100} disabled={fixed} {...form.getInputProps('dosage')} />
            <TextInput label={t('antibiotic.device_name')} maxLength={100} disabled={fixed} {...form.getInputProps('device_name')} />
            <NativeSelect label={t('field.sample_type')} data={['', ...sampleTypes]} disabled={fixed} {...form.getInputProps('sample_type')} />
          </FieldRow>
          <Textarea label={t('field.description')} autosize minRows={2} maxLength={2000} disabled={fixed} {...form.getInputProps('description')} />
        </>
      )}
    />
  )
}
