import { getObject } from '@aliquot/contracts'
import { Button, Progress } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, useFormat, useRouteQuery } from '../../../platform/index.ts'
import { wordsFor } from '../../../platform/toast.tsx'
import { isFinal } from '../../../platform/uploads/keep-trying.ts'
import classes from './files.module.css'
import type { Upload } from './use-uploads.ts'

interface UploadStateProps {
  upload: Upload
  onRetry: () => void
  /** The check of its content refused it. */
  onRefused: (problem: ApiProblem) => void
}

/** How far one file is, and why not further. */
export function UploadState({ upload, onRetry, onRefused }: UploadStateProps) {
  const { t } = useTranslation('patients')
  const { bytes } = useFormat()
  const { object, problem, progress, waiting, file } = upload
  const id = object?.id ?? 1
  const { data } = useRouteQuery(getObject, { params: { objectId: id } }, { enabled: object !== null, live: [`object:${id}`] })
  const refusedBecause = object && data?.id === object.id ? data.refusedBecause : null
  useEffect(() => {
    if (refusedBecause !== null) onRefused(new ApiProblem({ status: 422, code: 'storage.content_mismatch', title: refusedBecause }))
  }, [refusedBecause, onRefused])
  if (problem) {
    const words = wordsFor(problem)
    return (
      <div className={classes.failed} role="alert">
        {words.title} {words.message}
        {!isFinal(problem) && <Button size="compact-sm" variant="default" onClick={onRetry}>{t('files.again')}</Button>}
      </div>
    )
  }
  const says = object ? t('files.uploaded') : waiting ? t('files.waiting') : progress >= 1 ? t('files.arriving') : `${Math.round(progress * 100)} %`
  return (
    <>
      <Progress value={progress * 100} size="sm" color={object ? 'green' : 'petrol'} aria-label={t('files.progress')} />
      <span className={classes.note}>{says} · {bytes(file.size)}</span>
    </>
  )
}
