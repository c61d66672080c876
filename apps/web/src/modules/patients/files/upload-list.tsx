import { Button, CloseButton, Progress, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../platform/index.ts'
import { wordsFor } from '../../../platform/toast.tsx'
import classes from './files.module.css'
import type { Upload } from './use-uploads.ts'

interface UploadListProps {
  uploads: readonly Upload[]
  busy: boolean
  onTitle: (key: string, title: string) => void
  onDrop: (key: string) => void
  onRetry: (upload: Upload) => void
  onAttach: () => Promise<void>
}

export function UploadList({ uploads, busy, onTitle, onDrop, onRetry, onAttach }: UploadListProps) {
  const { t } = useTranslation('patients')
  const { bytes } = useFormat()
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
            {upload.problem
              ? (
                <div className={classes.failed} role="alert">
                  {wordsFor(upload.problem).title} {wordsFor(upload.problem).message}
                  <Button size="compact-sm" variant="default" onClick={() => onRetry(upload)}>{t('files.again')}</Button>
                </div>
              )
              : (
                <>
                  <Progress value={upload.progress * 100} size="sm" color={upload.object ? 'green' : 'petrol'} aria-label={t('files.progress')} />
                  <span className={classes.note}>
                    {upload.object ? t('files.uploaded') : upload.waiting ? t('files.waiting') : upload.progress >= 1 ? t('files.arriving') : `${Math.round(upload.progress * 100)} %`}
                      {' · '}{bytes(upload.file.size)}
                  </span>
                </>
              )}
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
