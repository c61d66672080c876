import { Button } from '@mantine/core'
import { IconAlertOctagon, IconClipboardText, IconInfoCircle, IconPencil, IconLink, IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useWords } from '../../../i18n/index.ts'
import { useFormat } from '../../../platform/index.ts'
import { GapList } from '../../missing-details/index.ts'
import { Notice } from './notice.tsx'
import { untold } from './result-rows.ts'
import type { ColleagueChange } from './use-colleague.ts'
import type { Entry } from './use-entry.ts'
import classes from './notices.module.css'

interface NoticesProps {
  entry: Entry
  change: ColleagueChange | null
  onSeen: () => void
  onTell: () => void
}

/** What must be known before going on, above the results. */
export function Notices({ entry, change, onSeen, onTell }: NoticesProps) {
  const { t } = useTranslation('reports')
  const word = useWords()
  const format = useFormat()
  const { report, conflicts } = entry
  const critical = untold(report.values)
  const nameOf = (code: string | null) => (code === null ? t('entry.interpretation') : report.definition.parameters.find((each) => each.code === code)?.name ?? code)
  const shown = (text: string) => text || t('entry.nothing')
  return (
    <>
      {report.status === 'cancelled' && <Notice tone="neutral" icon={IconInfoCircle} title={t('entry.cancelled')}>{report.cancelReason}</Notice>}
      {['ordered', 'collected'].includes(report.status) && (
        <Notice
          tone="blue" icon={IconInfoCircle} title={t(report.specimen?.status === 'rejected' ? 'entry.specimen_rejected' : 'entry.not_received')}
        >
          {report.specimen?.rejectReason ?? t('entry.not_received_text')}
        </Notice>
      )}
      {report.doneWith && (
        <Notice tone="blue" icon={IconLink} title={t('done_with.is', { number: report.doneWith.number })}>
          <Link to="/reports/$reportId" params={{ reportId: String(report.doneWith.id) }} className={classes.link}>{t('done_with.open', { test: report.doneWith.test })}</Link>
        </Notice>
      )}
      {!['signed', 'cancelled'].includes(report.status) && <GapList details={report.missingDetails} />}
      {critical.length > 0 && (
        <Notice
          tone="red" icon={IconAlertOctagon} title={t('critical.title', { count: critical.length })}
          actions={report.actions.includes('acknowledge') && <Button size="xs" color="red" onClick={onTell}>{t('critical.record')}</Button>}
        >
          {critical.map(({ code, value, unit }) => `${nameOf(code)} ${value} ${unit}`).join(' · ')}
        </Notice>
      )}
      {conflicts.length > 0 && (
        <Notice tone="amber" icon={IconUsers} title={t('conflict.title')}>
          <p className={classes.text}>{t('conflict.text')}</p>
          <table className={classes.conflicts} data-conflicts>
            <thead><tr><th>{t('entry.parameter')}</th><th>{t('conflict.theirs')}</th><th>{t('conflict.mine')}</th><th /></tr></thead>
            <tbody>
              {conflicts.map((conflict) => (
                <tr key={`${conflict.code}.${conflict.field}`}>
                  <th scope="row">{nameOf(conflict.code)}{conflict.field === 'note' && ` (${t('entry.note')})`}</th>
                  <td>
                    <b>{shown(conflict.theirs)}</b>{conflict.by && <span className={classes.by}>{conflict.by}{conflict.at && `, ${format.briefly(conflict.at)}`}</span>}
                  </td>
                  <td><b>{shown(conflict.mine)}</b></td>
                  <td className={classes.choose}>
                    <Button size="xs" variant="default" onClick={() => entry.settle(conflict, 'theirs')}>{t('conflict.take')}</Button>
                    <Button size="xs" variant="default" onClick={() => entry.settle(conflict, 'mine')}>{t('conflict.keep')}</Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Notice>
      )}
      {change && conflicts.length === 0 && (
        <Notice
          tone="blue" icon={IconUsers} title={t('entry.changed')}
          actions={<Button size="xs" variant="default" onClick={onSeen}>{t('entry.seen')}</Button>}
        >
          {change.status && <p className={classes.text}>{t('entry.changed_status', { status: word(`ui:status.${change.status}`) })}</p>}
          {change.values.map(({ code, before, after, by }) => (
            <p key={code} className={classes.text}>
              {nameOf(code)}: {shown(before)} → <b>{shown(after)}</b> {by && <span className={classes.by}>{by}</span>}
            </p>
          ))}
        </Notice>
      )}
      {entry.restored && entry.changes > 0 && (
        <Notice
          tone="amber" icon={IconClipboardText} title={t('entry.restored', { at: format.briefly(entry.restored) })}
          actions={<Button size="xs" variant="default" onClick={entry.discard}>{t('entry.discard')}</Button>}
        >
          {t(entry.editable ? 'entry.restored_text' : 'entry.restored_closed')}
        </Notice>
      )}
      {entry.editable && !entry.amending && ['completed', 'verified'].includes(report.status) && (
        <Notice tone="amber" icon={IconPencil} title={t('entry.editing')}>{t('entry.editing_text')}</Notice>
      )}
      {entry.amending && <Notice tone="amber" icon={IconPencil} title={t('amend.on')}>{t('amend.on_text')}</Notice>}
    </>
  )
}
