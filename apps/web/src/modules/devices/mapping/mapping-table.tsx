import type { DictionaryEntry, TestMapping } from '@aliquot/contracts'
import { ActionIcon, NumberInput, Switch, Table, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './mapping.module.css'
import { troubleInMappings } from './mapping-rows.ts'
import { ParameterPicker } from './parameter-picker.tsx'

interface MappingTableProps {
  mappings: readonly TestMapping[]
  dictionary: readonly DictionaryEntry[]
  editable: boolean
  onChange: (mappings: TestMapping[]) => void
}

/** The instrument's codes and what they mean here, each line changed where it stands. */
export function MappingTable({ mappings, dictionary, editable, onChange }: MappingTableProps) {
  const { t } = useTranslation('devices')
  const trouble = troubleInMappings(mappings)
  const change = (at: number, next: Partial<TestMapping>) => onChange(mappings.map((each, index) => (index === at ? { ...each, ...next } : each)))
  return (
    <Table.ScrollContainer minWidth={590}>
      <Table verticalSpacing={5} className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('mapping.code')}</Table.Th>
            <Table.Th w="34%">{t('mapping.parameter')}</Table.Th>
            <Table.Th w={100}>{t('mapping.unit')}</Table.Th>
            <Table.Th w={96}>{t('mapping.factor')}</Table.Th>
            <Table.Th w={104}>{t('mapping.wanted')}</Table.Th>
            <Table.Th w={40}><span className={classes.hidden}>{t('mapping.remove')}</span></Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {mappings.map((mapping, at) => {
            const why = trouble.get(at)
            const unit = dictionary.find(({ code }) => code === mapping.parameter)?.unit
            return (
              <Table.Tr key={at} className={mapping.parameter === null ? classes.unwanted : undefined}>
                <Table.Td>
                  <TextInput
                    aria-label={t('mapping.code')} value={mapping.code} maxLength={80} disabled={!editable}
                    error={why && why !== 'mapping.bad_factor' ? t(why) : null} classNames={{ input: classes.mono ?? '' }}
                    onChange={(event) => change(at, { code: event.currentTarget.value })}
                  />
                </Table.Td>
                <Table.Td>
                  {mapping.parameter === null
                    ? <span className={classes.quiet}>{t('mapping.not_wanted_text')}</span>
                    : <ParameterPicker aria-label={t('mapping.parameter')} entries={dictionary} value={mapping.parameter || null} disabled={!editable} placeholder={t('mapping.search')} onPick={({ code }) => change(at, { parameter: code })} />}
                </Table.Td>
                <Table.Td>
                  <TextInput
                    aria-label={t('mapping.unit')} value={mapping.unit ?? ''} maxLength={40} placeholder={t('mapping.as_sent')}
                    disabled={!editable || mapping.parameter === null} onChange={(event) => change(at, { unit: event.currentTarget.value })}
                  />
                </Table.Td>
                <Table.Td>
                  <NumberInput
                    aria-label={t('mapping.factor')} value={mapping.factor ?? ''} placeholder="1" hideControls min={0}
                    disabled={!editable || mapping.parameter === null} error={why === 'mapping.bad_factor'}
                    title={unit ? t('mapping.factor_about', { unit }) : undefined}
                    onChange={(value) => change(at, { factor: value === '' ? 1 : Number(value) })}
                  />
                </Table.Td>
                <Table.Td>
                  <Switch
                    aria-label={t('mapping.wanted')} label={t(mapping.parameter === null ? 'mapping.no' : 'mapping.yes')}
                    checked={mapping.parameter !== null} disabled={!editable}
                    onChange={(event) => change(at, { parameter: event.currentTarget.checked ? '' : null })}
                  />
                </Table.Td>
                <Table.Td>
                  {editable && (
                    <ActionIcon
                      variant="subtle" color="gray" aria-label={t('mapping.remove_code', { code: mapping.code })}
                      onClick={() => onChange(mappings.toSpliced(at, 1))}
                    >
                      <IconX size={15} />
                    </ActionIcon>
                  )}
                </Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
