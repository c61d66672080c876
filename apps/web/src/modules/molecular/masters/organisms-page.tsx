import {
  copyOrganism, createOrganism, disableOrganism, enableOrganism, gramStains, listAntibiotics, listOrganisms, restoreOrganismMappings, sampleTypes,
  updateOrganism, type Organism,
} from '@aliquot/contracts'
import { NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { call, useFilters, useInfinitePages } from '../../../platform/index.ts'
import { FieldRow, type Column } from '../../../ui/index.ts'
import { masterFilters } from '../filters.ts'
import { CutOffFields, cutOffBody, CutOffText, cutOffValues, type CutOffValues } from './cut-off-fields.tsx'
import { MappingChips, type Link } from './mapping-chips.tsx'
import { MasterPage } from './master-page.tsx'
import { OrderedMapping } from './ordered-mapping.tsx'
import { useCounts } from './used-by.ts'

const texts = ['name', 'category', 'species', 'code', 'whonet_code', 'description', 'cpt_code'] as const
type Texts = Pick<Organism, (typeof texts)[number]>
interface Values extends CutOffValues, Texts {
  gram: Organism['gram']
  ncbi_taxid: number | ''
  sample_type: Organism['sample_type']
  antibiotics: Link[]
  molecular_antibiotics: Link[]
  intrinsic_antibiotics: Link[]
}

const organismId = (id: number) => ({ params: { organismId: id } })
const textsOf = (row: Texts | null) => Object.fromEntries(texts.map((field) => [field, row?.[field].trim() ?? ''])) as unknown as Texts
const idsOf = (links: readonly Link[]) => links.map(({ id }) => id)

function save(typed: Values, row: Organism | null): Promise<Organism> {
  const { gram, ncbi_taxid: taxid, sample_type } = typed
  const words = textsOf(typed)
  const fields = { ...words, species: words.species || words.name, gram, ncbi_taxid: taxid === '' ? null : taxid, sample_type, ...cutOffBody(typed) }
  const mappings = {
    antibiotics: idsOf(typed.antibiotics), molecular_antibiotics: idsOf(typed.molecular_antibiotics), intrinsic_antibiotics: idsOf(typed.intrinsic_antibiotics),
  }
  if (row === null) return call(createOrganism, { body: { ...fields, ...mappings } })
  return call(updateOrganism, { ...organismId(row.id), body: { version: row.version, ...(row.is_default ? {} : fields), ...mappings } })
}

/** The catalogue of organisms with their antibiograms. */
export function OrganismsPage() {
  const { t } = useTranslation('molecular')
  const { q, disabled } = useFilters(masterFilters).values
  const source = useInfinitePages(listOrganisms, { query: { q, is_disabled: disabled ? 1 : 0 } }, { live: ['gene', 'antibiotic', 'organism'] })
  const counts = useCounts()
  const usedBy = (row: Organism) => counts({
    antibiotics: new Set([...idsOf(row.antibiotics), ...row.molecular_antibiotics.map((each) => each.antibiotic_id)]).size, genes: row.genes.length,
    instruments: row.used_by.instruments,
  })
  const columns: Column<Organism>[] = [
    { key: 'category', header: t('field.category'), width: 150, cell: ({ category }) => category, title: ({ category }) => category },
    { key: 'gram', header: t('organism.gram'), width: 130, minScreen: 900, cell: ({ gram }) => gram || '–' },
    { key: 'whonet', header: t('field.whonet_code'), width: 120, minScreen: 1000, cell: ({ whonet_code: code }) => code || '–' },
    { key: 'cut_off', header: t('field.cut_off'), width: 170, cell: (row) => <CutOffText cut={row} /> },
    { key: 'used', header: t('antibiotic.title'), least: 170, cell: (row) => usedBy(row) || '–', title: usedBy },
  ]
  const offer = { route: listAntibiotics, input: (text: string) => ({ query: { q: text, limit: 20 } }), placeholder: t('organism.add') }
  return (
    <MasterPage<Organism, Values>
      kind="organism" source={source} columns={columns} usedBy={usedBy} save={save}
      verbs={{
        disable: (id) => call(disableOrganism, organismId(id)), enable: (id) => call(enableOrganism, organismId(id)),
        copy: (id) => call(copyOrganism, organismId(id)), restore: (id) => call(restoreOrganismMappings, organismId(id)),
      }}
      values={(row) => ({
        ...textsOf(row), ...cutOffValues(row), gram: row?.gram ?? '', ncbi_taxid: row?.ncbi_taxid ?? '', sample_type: row?.sample_type ?? '',
        antibiotics: row?.antibiotics ?? [], molecular_antibiotics: row?.molecular_antibiotics.map(({ antibiotic }) => antibiotic) ?? [],
        intrinsic_antibiotics: row?.intrinsic_antibiotics ?? [],
      })}
      fields={(form, { fixed, editable }) => (
        <>
          <FieldRow>
            <TextInput label={t('field.name')} withAsterisk maxLength={150} data-autofocus disabled={fixed} {...form.getInputProps('name')} />
            <TextInput label={t('field.code')} maxLength={150} disabled={fixed} {...form.getInputProps('code')} />
          </FieldRow>
          <FieldRow>
            <TextInput label={t('field.category')} maxLength={200} disabled={fixed} {...form.getInputProps('category')} />
            <NativeSelect label={t('organism.gram')} data={['', ...gramStains]} disabled={fixed} {...form.getInputProps('gram')} />
          </FieldRow>
          <CutOffFields form={form} fixed={fixed} />
          <OrderedMapping
            {...offer} label={t('organism.molecular')} description={t('organism.molecular_about')} editable={editable} offers={({ items }) => items}
            {...form.getInputProps('molecular_antibiotics')} value={form.getValues().molecular_antibiotics}
          />
          <MappingChips
            {...offer} label={t('organism.antibiotics')} editable={editable} offers={({ items }) => items} {...form.getInputProps('antibiotics')}
            value={form.getValues().antibiotics}
          />
          <MappingChips
            {...offer} label={t('organism.intrinsic')} editable={editable} offers={({ items }) => items} {...form.getInputProps('intrinsic_antibiotics')}
            value={form.getValues().intrinsic_antibiotics}
          />
          <FieldRow>
            <TextInput
              label={t('organism.species')} description={t('organism.species_about')} maxLength={150} disabled={fixed} {...form.getInputProps('species')}
            />
            <NativeSelect label={t('field.sample_type')} description=" " data={['', ...sampleTypes]} disabled={fixed} {...form.getInputProps('sample_type')} />
          </FieldRow>
          <FieldRow columns={3}>
            <TextInput label={t('field.whonet_code')} maxLength={20} disabled={fixed} {...form.getInputProps('whonet_code')} />
            <NumberInput label={t('organism.taxid')} min={1} allowDecimal={false} hideControls disabled={fixed} {...form.getInputProps('ncbi_taxid')} />
            <TextInput label={t('field.cpt_code')} maxLength={250} disabled={fixed} {...form.getInputProps('cpt_code')} />
          </FieldRow>
          <Textarea label={t('field.description')} autosize minRows={2} maxLength={2000} disabled={fixed} {...form.getInputProps('description')} />
        </>
      )}
    />
  )
}
