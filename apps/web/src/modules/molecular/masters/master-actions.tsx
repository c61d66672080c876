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
  const start = (verb: (id: number) => Promise<Row>, words: string) => void run(verb, words).catch(() => {})
  return (
    <div className={row.is_default ? classes.notice : undefined}>
      {row.is_default && <div>{t('must_validate')}</div>}
      <div className={classes.actions}>
        {row.is_default && (
          <Button size="compact-sm" variant="default" leftSection={<IconCopy size={14} />} loading={busy} onClick={() => start(copy, t('copied', { name }))}>
            {t('copy')}
          </Button>
        )}
        {row.is_disabled ? (
          <Button size="compact-sm" variant="default" leftSection={<IconCheck size={14} />} loading={busy} onClick={() => start(enable, t('enabled', { name }))}>
            {t('enable')}
          </Button>
        ) : (
          <ConfirmButton
            size="compact-sm" leftSection={<IconBan size={14} />} title={t('disable_title', { name })} text={`${used} ${disableText}`} confirm={t('disable')}
            onConfirm={() => run(disable, t('disabled', { name }))}
          >
            {t('disable')}
          </ConfirmButton>
        )}
        {restore && !row.is_disabled && (
          <Button
            size="compact-sm" variant="default" leftSection={<IconArrowBackUp size={14} />} loading={busy} onClick={() => start(restore, t('restored', { name }))}
          >
            {t('restore')}
          </Button>
        )}
      </div>
    </div>
  )
}
