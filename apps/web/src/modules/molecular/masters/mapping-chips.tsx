import type { InputOf, Mapped, ResponseOf, RouteDefinition } from '@aliquot/contracts'
import { ActionIcon, Input, Tooltip } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { RemoteSelect } from '../../../ui/index.ts'
import classes from '../molecular.module.css'

export type Link = Mapped & { is_default?: boolean }

interface AddLinkProps<R extends RouteDefinition> {
  route: R
  input: (q: string) => InputOf<R>
  offers: (answer: ResponseOf<R>) => readonly Link[]
  value: readonly Link[]
  placeholder: string
  onChange: (value: Link[]) => void
}

/** Type to find, Enter to add; what is in the list already is not offered. */
export function AddLink<R extends RouteDefinition>({ route, input, offers, value, placeholder, onChange }: AddLinkProps<R>) {
  return (
    <RemoteSelect
      route={route} input={input} value={null} placeholder={placeholder} aria-label={placeholder}
      items={(answer) => offers(answer).filter(({ id }) => !value.some((each) => each.id === id))}
      choice={(item) => ({ id: item.id, label: item.name, hint: [item.code, item.category].filter(Boolean).join(' · '), item })}
      onChange={(choice) => choice?.item && onChange([...value, { ...choice.item, is_default: false }])}
    />
  )
}

interface MappingChipsProps<R extends RouteDefinition> extends AddLinkProps<R> {
  label: string
  description?: ReactNode
  editable: boolean
  error?: ReactNode
}

/** Masters that are linked, in no order. */
export function MappingChips<R extends RouteDefinition>({ label, description, editable, error, ...add }: MappingChipsProps<R>) {
  const { t } = useTranslation('molecular')
  const { value, onChange } = add
  return (
    <Input.Wrapper label={label} description={description} error={error}>
      {editable && <AddLink {...add} />}
      <ul className={classes.chips} aria-label={label}>
        {value.length === 0 && <li className={classes.quiet}>{t('mapping.none')}</li>}
        {value.map((link) => {
          const { id, name, is_disabled: off, is_default: isDefault } = link
          const text = <span className={off ? classes.struck : undefined} title={off ? t('mapping.is_disabled') : undefined}>{name}</span>
          return (
            <li key={id} className={classes.chip} data-own={isDefault === false || undefined} data-read={!editable || undefined}>
              {isDefault === false ? <Tooltip label={t('mapping.own_note')}>{text}</Tooltip> : text}
              {editable && (
                <ActionIcon
                  variant="transparent" color="gray" size="sm" aria-label={t('mapping.remove', { name })}
                  onClick={() => onChange(value.filter((each) => each.id !== id))}
                >
                  <IconX size={13} />
                </ActionIcon>
              )}
            </li>
          )
        })}
      </ul>
    </Input.Wrapper>
  )
}
