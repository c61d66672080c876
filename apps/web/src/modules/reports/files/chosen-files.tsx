import { ActionIcon, Tooltip } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconGripVertical, IconX } from '@tabler/icons-react'
import { useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../platform/index.ts'
import { moved } from './file-order.ts'
import classes from './files.module.css'

interface ChosenFilesProps {
  files: readonly File[]
  onChange: (files: File[]) => void
}

/** The files in the order of their pages: dragged, or moved by Alt+↑ and Alt+↓. */
export function ChosenFiles({ files, onChange }: ChosenFilesProps) {
  const { t } = useTranslation('reports')
  const { bytes } = useFormat()
  const [dragged, setDragged] = useState<number | null>(null)
  const list = useRef<HTMLOListElement>(null)
  const move = (from: number, to: number) => {
    if (to < 0 || to >= files.length) return
    onChange(moved(files, from, to))
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLElement>('li')[to]?.focus())
  }
  const onKeyDown = (event: KeyboardEvent, at: number) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    move(at, at + (event.key === 'ArrowUp' ? -1 : 1))
  }
  const several = files.length > 1
  return (
    <ol ref={list} className={classes.chosen} aria-label={t('file.order')}>
      {files.map((file, at) => (
        // The keys move the entry itself.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
        <li
          key={`${file.name}:${file.lastModified}:${file.size}`} className={classes.file}
          draggable={several} data-dragged={dragged === at || undefined}
          tabIndex={several ? 0 : undefined} onKeyDown={(event) => onKeyDown(event, at)}
          onDragStart={(event) => {
            event.dataTransfer.effectAllowed = 'move'
            setDragged(at)
          }}
          onDragOver={(event) => {
            if (dragged === null) return
            event.preventDefault()
            if (dragged === at) return
            onChange(moved(files, dragged, at))
            setDragged(at)
          }}
          onDrop={(event) => event.preventDefault()}
          onDragEnd={() => setDragged(null)}
        >
          {several && <IconGripVertical size={16} aria-hidden className={classes.grip} />}
          {several && <span className={classes.place}>{at + 1}.</span>}
          <span className={classes.cut} title={file.name}>{file.name}</span>
          <span className={classes.quiet}>{bytes(file.size)}</span>
          {several && (
            <>
              <Tooltip label={t('file.up')}>
                <ActionIcon
                  variant="subtle" color="gray" aria-label={t('file.up_named', { name: file.name })} disabled={at === 0} onClick={() => move(at, at - 1)}
                >
                  <IconChevronUp size={16} />
                </ActionIcon>
              </Tooltip>
              <Tooltip label={t('file.down')}>
                <ActionIcon
                  variant="subtle" color="gray" aria-label={t('file.down_named', { name: file.name })} disabled={at === files.length - 1} onClick={() => move(at, at + 1)}
                >
                  <IconChevronDown size={16} />
                </ActionIcon>
              </Tooltip>
            </>
          )}
          <ActionIcon
            variant="subtle" color="gray" aria-label={t('file.leave_out', { name: file.name })} onClick={() => onChange(files.filter((_, index) => index !== at))}
          >
            <IconX size={16} />
          </ActionIcon>
        </li>
      ))}
    </ol>
  )
}
