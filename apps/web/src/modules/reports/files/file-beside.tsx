import type { Report } from '@aliquot/contracts'
import { Button, Loader } from '@mantine/core'
import { IconDownload, IconReplace } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { openObject, useFormat, useSession } from '../../../platform/index.ts'
import { DateTime, ToneBadge } from '../../../ui/index.ts'
import { ReportRecord } from '../entry/report-record.tsx'
import classes from './files.module.css'
import { StoredFile } from './stored-file.tsx'

type ReportFile = NonNullable<Report['file']>

interface FileBesideProps {
  report: Report
  file: ReportFile
  onReplace: (() => void) | null
}

/** What is known of the file at the left, its pages at the right. */
export function FileBeside({ report, file, onReplace }: FileBesideProps) {
  const { t } = useTranslation('reports')
  const { can } = useSession()
  const { object, check } = file
  const changed = object.treatment !== null && object.treatment !== 'kept'
  return (
    <div className={classes.split}>
      <div className={classes.side}>
        <FileFacts file={file} />
        <div className={classes.buttons}>
          {onReplace && <Button variant="default" leftSection={<IconReplace size={16} />} onClick={onReplace}>{t('file.replace')}</Button>}
          {can('storage.download') && check === 'passed' && changed && (
            <Button variant="default" leftSection={<IconDownload size={16} />} onClick={() => void openObject(object.id, true)}>
              {t('file.original')}
            </Button>
          )}
        </div>
        <ReportRecord report={report} />
      </div>
      {check === 'passed' && <StoredFile report={report} />}
      {check === 'waiting' && (
        <div className={classes.frame} role="status">
          <Loader /><strong>{t('file.checking')}</strong><span className={classes.quiet}>{t('file.checking_text')}</span>
        </div>
      )}
    </div>
  )
}

const checkTones = { waiting: 'blue', passed: 'green', refused: 'red' } as const

function FileFacts({ file: { object, check, letterhead, attachedAt, attachedBy } }: { file: ReportFile }) {
  const { t } = useTranslation('reports')
  const { bytes } = useFormat()
  return (
    <section aria-label={t('file.about')}>
      <h2 className={classes.fileName}>{object.fileName}</h2>
      <ToneBadge tone={checkTones[check]}>{t(`file.check.${check}`)}</ToneBadge>
      <dl className={classes.facts}>
        {object.pages !== null && <><dt>{t('file.pages')}</dt><dd>{object.pages}</dd></>}
        <dt>{t('file.size')}</dt><dd>{bytes(object.size)}</dd>
        {object.treatment !== null && <><dt>{t('file.treatment')}</dt><dd>{t(`file.treated.${object.treatment}`)}</dd></>}
        <dt>{t('file.letterhead_short')}</dt><dd>{t(`file.letterhead_is.${letterhead}`)}</dd>
        <dt>{t('file.attached')}</dt><dd><DateTime at={attachedAt} /> <span className={classes.quiet}>{attachedBy.name}</span></dd>
      </dl>
    </section>
  )
}
