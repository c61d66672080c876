import { Button } from '@mantine/core'
import { IconArrowBackUp, IconBan, IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toastDone, toastProblem, type ApiProblem } from '../../../platform/index.ts'
import { ConfirmButton } from '../../../ui/index.ts'
import classes from '../molecular.module.css'

export interface MasterRow {
  id: number
  version: number
  name: string
  is_default: boolean
  is_disabled: boolean
  /** Mappings that disabling took away; genes keep theirs. */
  cleared_mappings?: number
}

/** What can be done with a master besides saving it; each answers the master as it is then. */
export interface MasterVerbs<Row> {
  disable: (id: number) => Promise<Row>
  enable: (id: number) => Promise<Row>
  copy: (id: number) => Promise<Row>
  restore?: (id: number) => Promise<Row>
}

interface MasterActionsProps<Row> {
  row: Row
  verbs: MasterVerbs<Row>
  /** "3 genes, 12 organisms", or nothing. */
  usedBy: string
  disableText: string
  onDone: (row: Row) => void
}

/** Whose a master is, and what can be done with it. Says what uses it before it is disabled. */
export function MasterActions<Row extends MasterRow>({ row, verbs, usedBy, disableText, onDone }: MasterActionsProps<Row>) {
  const { t } = useTranslation('molecular')
  const [busy, setBusy] = useState(false)
  const { id, name } = row
  const run = async (verb: (id: number) => Promise<Row>, words: string) => {
    setBusy(true)
    try {
      onDone(await verb(id))
      toastDone(words)
    } catch (problem) {
      toastProblem(problem as ApiProblem)
      throw problem
    } finally {
      setBusy(false)
    }
  }
  const { disable, enable, copy, restore } = verbs
  const used = usedBy ? t('used', { list: usedBy }) : t('used_nowhere')
  const button = (verb: (id: number) => Promise<Row>, words: string) => ({
    size: 'compact-sm', variant: 'default', loading: busy, onClick: () => void run(verb, words).catch(() => {}),
  })
  return (
    <div className={row.is_default ? classes.notice : undefined}>
      {row.is_default && <div>{t('must_validate')}</div>}
      <div className={classes.actions}>
        {row.is_default && (
          <Button leftSection={<IconCopy size={14} />} {...button(copy, t('copied', { name }))}>{t('copy')}</Button>
        )}
        {row.is_disabled ? (
          <Button leftSection={<IconCheck size={14} />} {...button(enable, t('enabled', { name }))}>{t('enable')}</Button>
        ) : (
          <ConfirmButton
            size="compact-sm" leftSection={<IconBan size={14} />} title={t('disable_title', { name })}
            text={`${used} ${disableText}`} confirm={t('disable')}
            onConfirm={() => run(disable, t('disabled', { name }))}
          >
            {t('disable')}
          </ConfirmButton>
        )}
        {restore && !row.is_disabled && (row.cleared_mappings ?? 0) > 0 && (
          <Button leftSection={<IconArrowBackUp size={14} />} {...button(restore, t('restored', { name }))}>{t('restore')}</Button>
        )}
      </div>
    </div>
  )
}
