import { checkAgain, getStorageSummary, listObjects, removeObject, type LedgerEntry } from '@aliquot/contracts'
import { ActionIcon, Button, CopyButton, Group, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy, IconExternalLink, IconRefresh, IconTrash } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { openObject, useFormat, useRouteMutation, useSession } from '../../platform/index.ts'
import { ConfirmButton } from '../../ui/index.ts'
import { EntrySteps } from './entry-steps.tsx'
import { StateBadge } from './object-state.tsx'
import classes from './storage.module.css'

/** Everything that the ledger knows of one file, and what can be done with it. */
export function EntryDetail({ entry }: { entry: LedgerEntry }) {
  const { t } = useTranslation('storage')
  const { can } = useSession()
  const refreshes = [listObjects, getStorageSummary]
  const again = useRouteMutation(checkAgain, { refreshes, done: t('check_again_done') })
  const remove = useRouteMutation(removeObject, { refreshes, done: t('remove_done') })
  const { state, refusedBecause, checkTrouble, claimed, notice } = entry
  const params = { objectId: entry.id }
  const beingChecked = state === 'uploaded' && refusedBecause === null
  const inUse = state === 'attached'
  return (
    <div className={classes.detail}>
      <h2 className={classes.fileName}>{entry.fileName}</h2>
      <Group gap="xs"><StateBadge entry={entry} /> <span className={classes.quiet}>{t(`category.${entry.category}`)} · {entry.contentType}</span></Group>
      {refusedBecause !== null && <p className={classes.refused} role="note">{t('refused_because', { why: refusedBecause })}</p>}
      {checkTrouble !== null && <p className={classes.trouble} role="note">{t('check_trouble', { why: checkTrouble, count: entry.checkAttempts })}</p>}
      {notice !== null && <p className={classes.trouble} role="note">{notice}</p>}
      <Group gap="xs">
        {can('storage.download') && state !== 'reserved' && state !== 'uploaded' && (
          <Button size="xs" variant="default" leftSection={<IconExternalLink size={15} />} onClick={() => void openObject(entry.id)}>
            {t('open')}
          </Button>
        )}
        {can('storage.download') && entry.originalPath !== null && state !== 'removed' && (
          <Button size="xs" variant="default" leftSection={<IconExternalLink size={15} />} onClick={() => void openObject(entry.id, true)}>
            {t('open_original')}
          </Button>
        )}
        {state === 'uploaded' && (
          <Button
            size="xs" variant="default" leftSection={<IconRefresh size={15} />} loading={again.isPending} onClick={() => again.mutate({ params })}
          >
            {t('check_again')}
          </Button>
        )}
        {state !== 'removed' && !(beingChecked && claimed) && (
          <ConfirmButton
            size="xs" color="red" variant="default" leftSection={<IconTrash size={15} />} title={t('remove_title', { name: entry.fileName })}
            text={t(inUse ? 'remove_in_use' : 'remove_text')} confirm={t('remove')} askReason dangerous
            onConfirm={(reason) => remove.mutateAsync({ params, body: { reason } })}
          >
            {t('remove_open')}
          </ConfirmButton>
        )}
      </Group>
      <h3 className={classes.heading}>{t('way')}</h3>
      <EntrySteps entry={entry} />
      <h3 className={classes.heading}>{t('facts')}</h3>
      <Facts entry={entry} />
      <h3 className={classes.heading}>{t('paths')}</h3>
      <dl className={classes.paths}>
        <Path label={t('path.canonical')} path={entry.path} />
        <Path label={t('path.compatible')} path={entry.compatiblePath} />
        <Path label={t('path.temporary')} path={entry.temporaryPath} />
        {entry.originalPath !== null && <Path label={t('path.original')} path={entry.originalPath} />}
        {entry.sha256 !== null && <Path label="SHA-256" path={entry.sha256} />}
      </dl>
    </div>
  )
}

function Facts({ entry: { id, size, pages, treatment, patientId } }: { entry: LedgerEntry }) {
  const { t } = useTranslation('storage')
  const { bytes, number } = useFormat()
  return (
    <dl className={classes.facts}>
      <dt>{t('number')}</dt><dd>{id}</dd>
      <dt>{t('size')}</dt><dd>{bytes(size)} <span className={classes.quiet}>{t('exactly', { shown: number(size) })}</span></dd>
      {pages !== null && <><dt>{t('pages')}</dt><dd>{pages}</dd></>}
      {treatment !== null && <><dt>{t('treatment')}</dt><dd>{t(`treated.${treatment}`)}</dd></>}
      {patientId !== null && <><dt>{t('patient')}</dt><dd><Link to="/patients/$patientId" params={{ patientId: String(patientId) }}>{t('open_patient')}</Link></dd></>}
    </dl>
  )
}

function Path({ label, path }: { label: string; path: string }) {
  const { t } = useTranslation('storage')
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <code>{path}</code>
        <CopyButton value={path}>
          {({ copied, copy }) => (
            <Tooltip label={t(copied ? 'copied' : 'copy')}>
              <ActionIcon variant="subtle" color="gray" aria-label={t('copy_named', { name: label })} onClick={copy}>
                {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      </dd>
    </>
  )
}
