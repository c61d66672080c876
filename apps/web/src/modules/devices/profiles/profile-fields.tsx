import type { DeviceProfile, DictionaryEntry } from '@aliquot/contracts'
import { Autocomplete, Button, NativeSelect, TagsInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { FieldRow, FormSection } from '../../../ui/index.ts'
import { MappingTable } from '../mapping/mapping-table.tsx'
import { ExtractField } from './extract-field.tsx'
import { LinkFields } from './link-fields.tsx'
import { PredicateList } from './predicate-list.tsx'
import { QueryFields } from './query-fields.tsx'
import { WordList } from './word-list.tsx'

interface ProfileFieldsProps {
  definition: DeviceProfile
  dictionary: readonly DictionaryEntry[]
  onChange: (change: Partial<DeviceProfile>) => void
}

const charsets = ['utf-8', 'iso-8859-1', 'iso-8859-15', 'windows-1252', 'gb18030', 'big5', 'shift_jis', 'euc-kr', 'windows-1251', 'us-ascii']
const protocols = ['hl7', 'astm', 'astm_unframed'] as const

/** A profile as a form: where things stand in a message of this model, and what they mean. */
export function ProfileFields({ definition, dictionary, onChange }: ProfileFieldsProps) {
  const { t } = useTranslation('devices')
  const { qc } = definition
  const more = [...(definition.also?.length ? ['also'] as const : []), ...(definition.alarms?.length ? ['alarms'] as const : []), ...(definition.query?.put?.length ? ['put'] as const : [])]
  return (
    <>
      {more.length > 0 && <p>{t('profile.also_json', { what: more.map((each) => t(`profile.more.${each}`)).join(', ') })}</p>}
      <FormSection title={t('profile.line')} text={t('profile.line_about')}>
        <FieldRow>
          <NativeSelect
            label={t('profile.protocol')} value={definition.protocol} data={protocols.map((value) => ({ value, label: t(`protocol.${value}`) }))}
            onChange={(event) => onChange({ protocol: event.currentTarget.value as DeviceProfile['protocol'] })}
          />
          <Autocomplete
            label={t('profile.charset')} placeholder={t('profile.charset_said')} data={charsets} maxLength={40} value={definition.charset ?? ''}
            onChange={(value) => onChange({ charset: value || null })}
          />
        </FieldRow>
        <LinkFields definition={definition} onChange={onChange} />
      </FormSection>
      <FormSection title={t('profile.where')} text={t('profile.where_about')}>
        <ExtractField
          needed label={t('profile.sample')} description={t('profile.sample_about')} value={definition.sample}
          onChange={(sample) => sample && onChange({ sample })}
        />
        <ExtractField needed label={t('profile.test_code')} value={definition.testCode} onChange={(testCode) => testCode && onChange({ testCode })} />
        <ExtractField needed label={t('profile.value')} value={definition.value} onChange={(value) => value && onChange({ value })} />
        <ExtractField label={t('profile.unit')} value={definition.unit} onChange={(unit) => onChange({ unit })} />
        <ExtractField label={t('profile.measured_at')} value={definition.measuredAt} onChange={(measuredAt) => onChange({ measuredAt })} />
        <ExtractField label={t('profile.status')} value={definition.status} onChange={(status) => onChange({ status })} />
        <TagsInput
          label={t('profile.wanted_statuses')} description={t('profile.wanted_statuses_about')} maxTags={20} splitChars={[',', ' ']}
          value={definition.wantedStatuses} onChange={(wantedStatuses) => onChange({ wantedStatuses })}
        />
      </FormSection>
      <FormSection title={t('profile.flags_title')} text={t('profile.flags_about')}>
        <ExtractField label={t('profile.flags')} value={definition.flags} onChange={(flags) => onChange({ flags })} />
        <TagsInput
          label={t('profile.hold_flags')} description={t('profile.hold_flags_about')} maxTags={100} splitChars={[',']} value={definition.holdFlags}
          onChange={(holdFlags) => onChange({ holdFlags })}
        />
        <PredicateList
          label={t('profile.skip')} about={t('profile.skip_about')} add={t('profile.condition')} value={definition.skip}
          onChange={(skip) => onChange({ skip })}
        />
      </FormSection>
      <FormSection title={t('profile.controls')} text={t('profile.controls_about')}>
        <PredicateList
          label={t('profile.qc_when')} about={t('profile.qc_when_about')} add={t('profile.condition')} value={qc.when}
          onChange={(when) => onChange({ qc: { ...qc, when } })}
        />
        <ExtractField label={t('profile.qc_control')} value={qc.control} onChange={(control) => onChange({ qc: { ...qc, control } })} />
        <ExtractField label={t('profile.qc_level')} value={qc.level} onChange={(level) => onChange({ qc: { ...qc, level } })} />
        <ExtractField label={t('profile.qc_lot')} value={qc.lot} onChange={(lot) => onChange({ qc: { ...qc, lot } })} />
      </FormSection>
      <FormSection title={t('profile.meaning')} text={t('profile.meaning_about')}>
        <WordList words={definition.words} onChange={(words) => onChange({ words })} />
        {definition.tests.length > 0 && (
          <MappingTable mappings={definition.tests} dictionary={dictionary} editable onChange={(tests) => onChange({ tests })} />
        )}
        <div><Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={() => onChange({ tests: [...definition.tests, { code: '', parameter: '' }] })}>{t('mapping.add')}</Button></div>
      </FormSection>
      <FormSection title={t('profile.query')} text={t('profile.query_about')}>
        <QueryFields query={definition.query} protocol={definition.protocol} onChange={(query) => onChange({ query })} />
      </FormSection>
    </>
  )
}
