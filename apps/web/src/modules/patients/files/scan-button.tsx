import type { StoredObject } from '@aliquot/contracts'
import { Button, CloseButton, FileButton, Progress, Text } from '@mantine/core'
import { IconPaperclip, IconScan } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { acceptedFiles, toastProblem } from '../../../platform/index.ts'
import { ApiProblem } from '../../../platform/problem.ts'
import { uploadFile } from '../../../platform/upload-file.ts'
import classes from './files.module.css'

interface ScanButtonProps {
  patientId: number | null
  fileName: string | null
  error?: ReactNode
  onDone: (object: StoredObject | null) => void
}

/** The scan of an id proof: uploaded as soon as it is chosen. */
export function ScanButton({ patientId, fileName, error, onDone }: ScanButtonProps) {
  const { t } = useTranslation('patients')
  const [progress, setProgress] = useState<number | null>(null)
  const [waiting, setWaiting] = useState(false)
  const upload = (file: File | null) => {
    if (!file) return
    setProgress(0)
    uploadFile(file, { category: 'IdProof', patientId }, { onProgress: setProgress, onWait: setWaiting })
      .then(onDone, (problem: unknown) => problem instanceof ApiProblem && toastProblem(problem))
      .finally(() => setProgress(null))
  }
  return (
    <div className={classes.scan}>
      {fileName !== null
        ? (
          <span className={classes.scanned} title={fileName}>
            <IconPaperclip size={15} aria-hidden /> <span className={classes.cut}>{fileName}</span>
            <CloseButton size="sm" aria-label={t('proofs.drop_scan')} onClick={() => onDone(null)} />
          </span>
        )
        : (
          <FileButton accept={acceptedFiles} onChange={upload}>
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconScan size={16} />} loading={progress !== null}>{t('proofs.scan')}</Button>
            )}
          </FileButton>
        )}
      {progress !== null && <Progress value={progress * 100} size="xs" mt={4} aria-label={t('files.progress')} />}
      {waiting && <Text size="xs" c="dimmed" mt={4} role="status">{t('files.waiting')}</Text>}
      {error && <Text size="xs" c="var(--mantine-color-error)" mt={4}>{error}</Text>}
    </div>
  )
}
