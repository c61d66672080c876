import { getDownloadLink, type FileCategory } from '@aliquot/contracts'
import { Button, FileButton, Group, Input, Progress } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRouteQuery } from '../../platform/index.ts'
import { ObjectCheckOf } from '../../ui/index.ts'
import { ApiProblem } from '../../platform/problem.ts'
import { uploadFile } from '../../platform/upload-file.ts'
import classes from './image-field.module.css'

interface ImageFieldProps {
  label: string
  description: string
  category: FileCategory
  /** The stored object. */
  value: number | null
  onChange: (objectId: number | null) => void
}

/** A picture that reports carry. It is stored at once and belongs to the record when that is saved. */
export function ImageField({ label, description, category, value, onChange }: ImageFieldProps) {
  const { t } = useTranslation('labs')
  const [part, setPart] = useState<number | null>(null)
  const [error, setError] = useState<string | null>(null)
  const params = { objectId: value ?? 1 }
  const link = useRouteQuery(getDownloadLink, { params, query: {} }, { enabled: value !== null, staleTime: 60_000, live: [`object:${value}`] })
  const upload = async (file: File | null) => {
    if (!file) return
    setError(null)
    setPart(0)
    try {
      onChange((await uploadFile(file, { category, patientId: null }, { onProgress: setPart })).id)
    } catch (problem) {
      setError(problem instanceof ApiProblem ? problem.detail || problem.message : t('image.failed'))
    }
    setPart(null)
  }
  return (
    <Input.Wrapper label={label} description={description} error={error}>
      <div className={classes.field}>
        <div className={classes.frame}>
          {value !== null && link.data
            ? <img src={link.data.url} alt={label} className={classes.image} />
            : <span>{value === null ? t('image.none') : <ObjectCheckOf objectId={value} />}</span>}
        </div>
        <Group gap="xs">
          <FileButton accept="image/png,image/jpeg" onChange={(file) => void upload(file)}>
            {(props) => <Button {...props} variant="default" leftSection={<IconUpload size={16} />} loading={part !== null}>{t(value === null ? 'image.choose' : 'image.replace')}</Button>}
          </FileButton>
          {value !== null && <Button variant="subtle" color="gray" onClick={() => onChange(null)}>{t('image.remove')}</Button>}
        </Group>
      </div>
      {part !== null && <Progress value={part * 100} mt={6} size="sm" aria-label={t('image.sending')} />}
    </Input.Wrapper>
  )
}
