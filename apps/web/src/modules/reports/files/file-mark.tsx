import type { WorklistRow } from '@aliquot/contracts'
import { Tooltip } from '@mantine/core'
import { IconFileAlert, IconFileCheck, IconFileSearch, IconFileUpload, type Icon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Tone } from '../../../theme/tones.ts'
import { toneStyle } from '../../../ui/index.ts'
import classes from './files.module.css'

const looks: Record<NonNullable<WorklistRow['flags']['file']>, { icon: Icon; tone: Tone }> = {
  missing: { icon: IconFileUpload, tone: 'neutral' },
  checking: { icon: IconFileSearch, tone: 'blue' },
  ready: { icon: IconFileCheck, tone: 'green' },
  refused: { icon: IconFileAlert, tone: 'red' },
}

/** Where the file of a report stands; nothing for reports of values. */
export function FileMark({ flags: { isFile, file } }: Pick<WorklistRow, 'flags'>) {
  const { t } = useTranslation('reports')
  if (!isFile) return null
  const state = file ?? 'missing'
  const look = looks[state]
  const says = t(`file.mark.${state}`)
  return (
    <Tooltip label={says}>
      <span className={classes.fileMark} style={toneStyle(look.tone)} role="img" aria-label={says}>
        <look.icon size={16} stroke={1.8} aria-hidden />
      </span>
    </Tooltip>
  )
}
