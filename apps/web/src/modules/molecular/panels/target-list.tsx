import { ActionIcon, MultiSelect, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PanelValues } from './panel-values.ts'
import classes from './panel.module.css'

/** Targets in the order of the report, each with the cut-off of this assay. */
export function TargetList({ form, list }: { form: UseFormReturnType<PanelValues>; list: 'organisms' | 'genes' }) {
  const { t } = useTranslation('molecularEntry')
  const rows = form.values[list]
  if (rows.length === 0) return null
  const { organisms } = form.values
  const carriers = list === 'genes' && (organisms.length > 0 || rows.some(({ organismIds }) => organismIds.length > 0))
  const choices = (chosen: readonly number[]) => [
    ...organisms.map(({ id, name }) => ({ value: String(id), label: name })),
    ...chosen.filter((id) => !organisms.some((each) => each.id === id)).map((id) => ({ value: String(id), label: t('panels.not_on_panel') })),
  ]
  return (
    <table className={classes.targets}>
      <thead>
        <tr>
          <th scope="col">{t('panels.name')}</th><th scope="col" className={classes.kindColumn}>{t('panels.kind')}</th><th scope="col">{t('panels.cut_off')}</th><th scope="col">{t('panels.grey')}</th>
          {list === 'organisms' && <th scope="col">{t('panels.parts')}</th>}
          {carriers && <th scope="col">{t('panels.carriers')}</th>}<th />
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name, organismIds }, at) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            <td>
              <NativeSelect
                size="xs" aria-label={`${t('panels.kind')} ${name}`} data={[{ value: 'CT_MAX', label: t('panels.ct') }, { value: 'LOAD_MIN', label: t('panels.loads') }]}
                {...form.getInputProps(`${list}.${at}.kind`)}
              />
            </td>
            <td><NumberInput size="xs" hideControls min={0} aria-label={`${t('panels.cut_off')} ${name}`} placeholder={t('panels.own')} {...form.getInputProps(`${list}.${at}.cutOff`)} /></td>
            <td><NumberInput size="xs" hideControls min={0} aria-label={`${t('panels.grey')} ${name}`} {...form.getInputProps(`${list}.${at}.grey`)} /></td>
            {list === 'organisms' && <td><TextInput size="xs" aria-label={`${t('panels.parts')} ${name}`} maxLength={300} {...form.getInputProps(`${list}.${at}.parts`)} /></td>}
            {carriers && (
              <td className={classes.carriers}>
                <MultiSelect
                  size="xs" searchable data={choices(organismIds)} value={organismIds.map(String)} aria-label={t('panels.carriers_of', { name })}
                  placeholder={organismIds.length === 0 ? t('panels.any_carrier') : ''}
                  onChange={(chosen) => form.setFieldValue(`${list}.${at}.organismIds`, chosen.map(Number))}
                />
              </td>
            )}
            <td className={classes.tools}>
              <ActionIcon variant="subtle" color="gray" aria-label={t('panels.up', { name })} disabled={at === 0} onClick={() => form.reorderListItem(list, { from: at, to: at - 1 })}><IconArrowUp size={15} /></ActionIcon>
              <ActionIcon variant="subtle" color="gray" aria-label={t('panels.down', { name })} disabled={at === rows.length - 1} onClick={() => form.reorderListItem(list, { from: at, to: at + 1 })}><IconArrowDown size={15} /></ActionIcon>
              <ActionIcon variant="subtle" color="gray" aria-label={t('panels.remove', { name })} onClick={() => form.removeListItem(list, at)}><IconTrash size={15} /></ActionIcon>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
