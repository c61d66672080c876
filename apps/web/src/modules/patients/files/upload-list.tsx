import { Button, CloseButton, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ApiProblem } from '../../../platform/index.ts'
import classes from './files.module.css'
import { UploadState } from './upload-state.tsx'
import type { Upload } from './use-uploads.ts'

interface UploadListProps {
  uploads: readonly Upload[]
  busy: boolean
  onTitle: (key: string, title: string) => void
  onDrop: (key: string) => void
  onRetry: (upload: Upload) => void
  onRefused: (key: string, problem: ApiProblem) => void
  onAttach: () => Promise<void>
}

export function UploadList({ uploads, busy, onTitle, onDrop, onRetry, onRefused, onAttach }: UploadListProps) {
  const { t } = useTranslation('patients')
  const ready = uploads.filter(({ object }) => object !== null).length
  const failed = uploads.filter(({ problem }) => problem !== null).length
  if (uploads.length === 0) return null
  return (
    <form
      className={classes.uploads} aria-label={t('files.uploading')}
      onSubmit={(event) => {
        event.preventDefault()
        void onAttach()
      }}
    >
      {uploads.map((upload) => (
        <div key={upload.key} className={classes.upload}>
          <TextInput
            aria-label={t('files.name')} maxLength={160} value={upload.title}
            onChange={(event) => onTitle(upload.key, event.currentTarget.value)}
          />
          <div className={classes.state}>
            <UploadState upload={upload} onRetry={() => onRetry(upload)} onRefused={(problem) => onRefused(upload.key, problem)} />
          </div>
          <CloseButton aria-label={t('files.drop_upload', { name: upload.title })} onClick={() => onDrop(upload.key)} />
        </div>
      ))}
      {failed < uploads.length && (
        <div className={classes.attach}>
          <Button type="submit" loading={busy} disabled={ready === 0}>{t('files.attach', { count: ready || uploads.length - failed })}</Button>
        </div>
      )}
    </form>
  )
}
