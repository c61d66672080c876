import type { AntibiogramColumn } from '@aliquot/contracts'
import { Button, Checkbox, MultiSelect, Pill, Popover, Stack, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { useFilters } from '../../../platform/index.ts'
import type { antibiogramFilters } from './filters.ts'

interface CombineMenuProps {
  columns: readonly AntibiogramColumn[]
  filters: ReturnType<typeof useFilters<typeof antibiogramFilters.kinds>>
}

/** Picks antibiotics given together; each choice is a column of its own. */
export function CombineMenu({ columns, filters: { values, set } }: CombineMenuProps) {
  const { t } = useTranslation('antibiogram')
  const [picked, setPicked] = useState<string[]>([])
  const chosen = values.combine ?? []
  const single = columns.filter(({ key }) => !key.includes('+'))
  const nameOf = (key: string) => key.split('+').map((part) => single.find((column) => column.key === part)?.code ?? '?').join(' + ')
  const add = () => {
    set({ combine: [...new Set([...chosen, picked.toSorted((a, b) => Number(a) - Number(b)).join('+')])] })
    setPicked([])
  }
  return (
    <Popover position="bottom-end" width={360} trapFocus returnFocus>
      <Popover.Target><Button variant="default">{t('combine.open')}{chosen.length > 0 && ` (${chosen.length})`}</Button></Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <b>{t('combine.title')}</b>
          <Text size="sm" c="dimmed">{t('combine.about')}</Text>
          {chosen.length > 0 && (
            <Pill.Group>
              {chosen.map((key) => (
                <Pill key={key} withRemoveButton removeButtonProps={{ 'aria-label': t('combine.remove', { name: nameOf(key) }) }} onRemove={() => set({ combine: chosen.filter((one) => one !== key) })}>
                  {nameOf(key)}
                </Pill>
              ))}
            </Pill.Group>
          )}
          <MultiSelect
            label={t('combine.pick')} data={single.map(({ key, name }) => ({ value: key, label: name }))} value={picked} onChange={setPicked} maxValues={4} searchable
            comboboxProps={{ withinPortal: false }}
          />
          <Checkbox label={t('combine.all_tested')} checked={values.allTested ?? false} onChange={(event) => set({ allTested: event.currentTarget.checked })} />
          <Button leftSection={<IconPlus size={16} />} disabled={picked.length < 2 || chosen.length >= 10} onClick={add}>{t('combine.add')}</Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
