import { Button, FileButton } from '@mantine/core'
import { IconFileUpload, IconUpload } from '@tabler/icons-react'
import { useRef, useState, type DragEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { acceptedFiles } from '../../../platform/index.ts'
import classes from './files.module.css'

interface DropZoneProps {
  /** Small: below files that were chosen already. */
  compact?: boolean
  text?: ReactNode
  onFiles: (files: File[]) => void
}

export const carriesFiles = ({ dataTransfer }: Pick<DragEvent, 'dataTransfer'>): boolean => dataTransfer.types.includes('Files')

/** Files are dropped here, or chosen, or pasted while it has the focus. */
export function DropZone({ compact = false, text, onFiles }: DropZoneProps) {
  const { t } = useTranslation('reports')
  const [over, setOver] = useState(false)
  const depth = useRef(0)
  const leave = (by: number) => {
    depth.current = Math.max(0, depth.current + by)
    setOver(depth.current > 0)
  }
  return (
    <div
      className={classes.zone} data-over={over || undefined} data-compact={compact || undefined}
      onDragEnter={(event) => carriesFiles(event) && leave(1)}
      onDragLeave={(event) => carriesFiles(event) && leave(-1)}
      onDragOver={(event) => {
        if (!carriesFiles(event)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
      }}
      onDrop={(event) => {
        if (!carriesFiles(event)) return
        event.preventDefault()
        event.stopPropagation()
        leave(-depth.current)
        onFiles([...event.dataTransfer.files])
      }}
      onPaste={(event) => event.clipboardData.files.length > 0 && onFiles([...event.clipboardData.files])}
    >
      {!compact && <IconFileUpload size={30} stroke={1.4} aria-hidden />}
      <span className={classes.zoneText}>{over ? t('file.let_go') : text ?? t(compact ? 'file.more' : 'file.drop')}</span>
      <FileButton multiple accept={acceptedFiles} onChange={onFiles}>
        {(props) => (
          <Button {...props} variant={compact ? 'default' : 'filled'} leftSection={<IconUpload size={16} />} data-choose-file>
            {t(compact ? 'file.choose_more' : 'file.choose')}
          </Button>
        )}
      </FileButton>
      {!compact && <span className={classes.quiet}>{t('file.kinds')}</span>}
    </div>
  )
}
