import {
  copyOrganism, createOrganism, disableOrganism, enableOrganism, gramStains, listAntibiotics, listOrganisms, restoreOrganismMappings, sampleTypes,
  updateOrganism, type Organism,
} from '@aliquot/contracts'
import { NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { call, useFilters, useInfinitePages } from '../../../platform/index.ts'
import { FieldRow, RemoteSelect, type Column } from '../../../ui/index.ts'
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
    antibiotics: idsOf(typed.antibiotics), molecular_antibiotics: idsOf(typed.molecular_antibiotics),
    intrinsic_antibiotics: idsOf(typed.intrinsic_antibiotics),
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
      facts={(row) => [
        [t('field.category'), row.category], [t('organism.gram'), row.gram], [t('organism.species'), row.species === row.name ? '' : row.species],
        [t('field.cut_off'), <CutOffText key="cut" cut={row} />], [t('field.whonet_code'), row.whonet_code], [t('organism.taxid'), row.ncbi_taxid],
        [t('field.cpt_code'), row.cpt_code], [t('field.sample_type'), row.sample_type], [t('field.description'), row.description],
      ]}
      details={(form) => (
        <>
          <FieldRow>
            <TextInput label={t('field.name')} withAsterisk maxLength={150} data-autofocus {...form.getInputProps('name')} />
            <TextInput label={t('field.code')} maxLength={150} {...form.getInputProps('code')} />
            <TextInput label={t('field.category')} maxLength={200} {...form.getInputProps('category')} />
            <NativeSelect label={t('organism.gram')} data={['', ...gramStains]} {...form.getInputProps('gram')} />
          </FieldRow>
          <CutOffFields form={form} />
          <FieldRow>
            <TextInput label={t('organism.species')} description={t('organism.species_about')} maxLength={150} {...form.getInputProps('species')} />
            <NumberInput
              label={t('organism.taxid')} description={t('organism.taxid_about')} min={1} allowDecimal={false} hideControls thousandSeparator={false}
              {...form.getInputProps('ncbi_taxid')}
            />
          </FieldRow>
          <FieldRow columns={3}>
            <TextInput label={t('field.whonet_code')} maxLength={20} {...form.getInputProps('whonet_code')} />
            <TextInput label={t('field.cpt_code')} maxLength={250} {...form.getInputProps('cpt_code')} />
            <NativeSelect label={t('field.sample_type')} data={['', ...sampleTypes]} {...form.getInputProps('sample_type')} />
          </FieldRow>
          <Textarea label={t('field.description')} autosize minRows={1} maxLength={2000} {...form.getInputProps('description')} />
        </>
      )}
      mappings={(form, editable) => (
        <>
          {editable && <TakeOver onTake={(from) => form.setValues(takenFrom(form.getValues(), from))} />}
          <OrderedMapping
            {...offer} label={t('organism.molecular')} description={t('organism.molecular_about')} editable={editable} offers={({ items }) => items}
            {...form.getInputProps('molecular_antibiotics')} value={form.getValues().molecular_antibiotics}
          />
          <MappingChips
            {...offer} label={t('organism.antibiotics')} editable={editable} offers={({ items }) => items} {...form.getInputProps('antibiotics')}
            value={form.getValues().antibiotics}
          />
          <MappingChips
            {...offer} label={t('organism.intrinsic')} editable={editable} offers={({ items }) => items}
            {...form.getInputProps('intrinsic_antibiotics')} value={form.getValues().intrinsic_antibiotics}
          />
        </>
      )}
    />
  )
}

const and = (links: readonly Link[], more: readonly Link[]) => [...links, ...more.filter(({ id }) => !idsOf(links).includes(id))]

/** The antibiograms with those of another organism added behind; intrinsic resistance is each species' own. */
const takenFrom = ({ antibiotics, molecular_antibiotics }: Values, from: Organism) => ({
  antibiotics: and(antibiotics, from.antibiotics),
  molecular_antibiotics: and(molecular_antibiotics, from.molecular_antibiotics.map((each) => each.antibiotic)),
})

/** Most organisms of a group are tested with the same antibiotics. */
function TakeOver({ onTake }: { onTake: (from: Organism) => void }) {
  const { t } = useTranslation('molecular')
  const counted = (row: Organism) => Math.max(row.antibiotics.length, row.molecular_antibiotics.length)
  return (
    <RemoteSelect
      route={listOrganisms} input={(q) => ({ query: { q, limit: 200 } })} value={null} label={t('organism.take_over')}
      placeholder={t('organism.take_over_find')}
      items={({ items }) => items.filter((row) => counted(row) > 0)} onChange={(choice) => choice?.item && onTake(choice.item)}
      choice={(item) => ({ id: item.id, label: item.name, hint: t('antibiotics', { count: counted(item) }), item })}
    />
  )
}
