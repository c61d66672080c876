import type { RouteDefinition } from '@aliquot/contracts'
import { ActionIcon, Input } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconGripVertical, IconX } from '@tabler/icons-react'
import { useRef, useState, type ComponentProps, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import classes from '../molecular.module.css'
import { AddLink, type MappingChips } from './mapping-chips.tsx'

/** Linked masters whose order matters: dragged, or moved by Alt+↑ and Alt+↓; Delete removes the one that has the focus. */
export function OrderedMapping<R extends RouteDefinition>({ label, description, editable, error, ...add }: ComponentProps<typeof MappingChips<R>>) {
  const { t } = useTranslation('molecular')
  const { value, onChange } = add
  const [dragged, setDragged] = useState<number | null>(null)
  const list = useRef<HTMLOListElement>(null)
  const focus = (at: number) => requestAnimationFrame(() => list.current?.querySelectorAll<HTMLElement>('li')[at]?.focus())
  const place = (from: number, to: number) => {
    const item = value[from]
    if (item && to >= 0 && to < value.length) onChange(value.toSpliced(from, 1).toSpliced(to, 0, item))
  }
  const move = (from: number, to: number) => {
    place(from, to)
    focus(Math.max(0, Math.min(to, value.length - 1)))
  }
  const remove = (at: number) => {
    onChange(value.toSpliced(at, 1))
    focus(Math.min(at, value.length - 2))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLLIElement>, at: number) => {
    if (event.target !== event.currentTarget) return
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (step !== 0 && event.altKey) move(at, at + step)
    else if (step !== 0) focus(at + step)
    else if (event.key === 'Delete' || event.key === 'Backspace') remove(at)
    else return
    event.preventDefault()
  }
  return (
    <Input.Wrapper label={label} description={description} error={error}>
      {editable && <AddLink {...add} />}
      {value.length === 0 ? <div className={classes.hint}>{t('mapping.none')}</div> : (
        <ol ref={list} className={classes.ordered} aria-label={label}>
          {value.map(({ id, name, category, is_disabled: off }, at) => (
            // The keys move the entry itself.
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
            <li
              key={id} className={classes.row} draggable={editable} tabIndex={editable ? 0 : undefined} data-dragged={dragged === at || undefined}
              onKeyDown={(event) => editable && onKeyDown(event, at)}
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = 'move'
                setDragged(at)
              }}
              onDragOver={(event) => {
                if (dragged === null) return
                event.preventDefault()
                if (dragged === at) return
                place(dragged, at)
                setDragged(at)
              }}
              onDrop={(event) => event.preventDefault()}
              onDragEnd={() => setDragged(null)}
            >
              {editable && <IconGripVertical size={15} aria-hidden className={classes.grip} />}
              <span className={classes.place}>{at + 1}.</span>
              <span className={`${classes.grow} ${off ? classes.struck : ''}`} title={name}>{name}</span>
              <span className={classes.quiet}>{off ? t('mapping.is_disabled') : category}</span>
              {editable && (
                <>
                  <ActionIcon
                    variant="subtle" color="gray" aria-label={t('mapping.up_named', { name })} title={t('mapping.up')} disabled={at === 0} tabIndex={-1}
                    onClick={() => move(at, at - 1)}
                  >
                    <IconChevronUp size={15} />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle" color="gray" aria-label={t('mapping.down_named', { name })} title={t('mapping.down')} tabIndex={-1}
                    disabled={at === value.length - 1} onClick={() => move(at, at + 1)}
                  >
                    <IconChevronDown size={15} />
                  </ActionIcon>
                  <ActionIcon variant="subtle" color="gray" aria-label={t('mapping.remove', { name })} onClick={() => remove(at)}>
                    <IconX size={15} />
                  </ActionIcon>
                </>
              )}
            </li>
          ))}
        </ol>
      )}
    </Input.Wrapper>
  )
}
