import { Button, Menu, Modal } from '@mantine/core'
import {
  IconBan, IconDots, IconHistory, IconListCheck, IconListSearch, IconPencil, IconRefresh, IconTransform, IconUserCheck, IconWritingSignOff,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../platform/index.ts'
import { ConfirmForm, KeyHint } from '../../../ui/index.ts'
import { ConvertDialog } from '../files/convert-dialog.tsx'
import { MarkDoneDialog } from '../files/mark-done-dialog.tsx'
import { RerunForm } from './rerun-form.tsx'
import { untold } from './result-rows.ts'
import type { Entry } from './use-entry.ts'
import type { Commands } from './use-report-commands.ts'

interface MoreMenuProps {
  entry: Entry
  commands: Commands
  onHistory: () => void
  onReplace: () => void
}

/** What is seldom done with a report. */
export function MoreMenu({ entry, commands, onHistory, onReplace }: MoreMenuProps) {
  const { t } = useTranslation('reports')
  const [asking, setAsking] = useState<'rerun' | 'unsign' | 'cancel' | 'convert' | 'mark_done' | null>(null)
  const { can } = useSession()
  const { report } = entry
  const { isFile } = report.flags
  const close = () => setAsking(null)
  const may = (action: (typeof report.actions)[number]) => report.actions.includes(action)
  const measured = report.values.some(({ value, source }) => value !== null && source !== 'calculated')
  return (
    <>
      <Menu position="top-end" width={250}>
        <Menu.Target><Button variant="default" leftSection={<IconDots size={16} />}>{t('entry.more')}</Button></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconHistory size={16} />} rightSection={<KeyHint keys="h" />} onClick={onHistory}>{t('entry.history')}</Menu.Item>
          {can('platform.view_activity') && (
            <Menu.Item
              renderRoot={(props) => <Link {...props} to="/activity" search={{ reportId: report.id }} />} leftSection={<IconListSearch size={16} />}
            >
              {t('entry.log')}
            </Menu.Item>
          )}
          {may('acknowledge') && untold(report.values).length > 0 && (
            <Menu.Item leftSection={<IconUserCheck size={16} />} onClick={() => commands.tell()}>{t('critical.record')}</Menu.Item>
          )}
          {may('rerun') && measured && (
            <Menu.Item leftSection={<IconRefresh size={16} />} onClick={() => setAsking('rerun')}>{t('rerun.open')}</Menu.Item>
          )}
          {may('amend') && !entry.amending && report.entry !== 'sections' && (
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => (isFile ? onReplace() : entry.amend(true))}>
              {t(isFile ? 'file.amend' : 'amend.open')}
            </Menu.Item>
          )}
          {isFile && report.file && can('reports.complete') && (
            <Menu.Item leftSection={<IconListCheck size={16} />} onClick={() => setAsking('mark_done')}>{t('done_with.mark')}</Menu.Item>
          )}
          {may('unsign') && (
            <Menu.Item leftSection={<IconWritingSignOff size={16} />} onClick={() => setAsking('unsign')}>{t('unsign.open')}</Menu.Item>
          )}
          {may('convert') && (!isFile || report.definition.parameters.length > 0 || report.definition.formatType === 5) && (
            <Menu.Item leftSection={<IconTransform size={16} />} onClick={() => setAsking('convert')}>
              {t(isFile ? 'convert.to_values' : 'convert.to_file')}
            </Menu.Item>
          )}
          {may('cancel') && (
            <>
              <Menu.Divider />
              <Menu.Item color="red" leftSection={<IconBan size={16} />} onClick={() => setAsking('cancel')}>{t('cancel.open')}</Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <ConvertDialog report={report} opened={asking === 'convert'} onClose={close} onConvert={commands.convert} />
      <MarkDoneDialog report={report} opened={asking === 'mark_done'} onClose={close} />
      <Modal opened={asking === 'rerun'} onClose={close} title={t('rerun.title')}>
        <RerunForm entry={entry} onRerun={commands.rerun} onClose={close} />
      </Modal>
      <Modal opened={asking === 'unsign'} onClose={close} title={t('unsign.title')}>
        <ConfirmForm text={t('unsign.text')} confirm={t('unsign.confirm')} askReason onConfirm={commands.unsign} onClose={close} />
      </Modal>
      <Modal opened={asking === 'cancel'} onClose={close} title={t('cancel.title', { test: report.definition.name })}>
        <ConfirmForm text={t('cancel.text')} confirm={t('cancel.confirm')} askReason dangerous onConfirm={commands.cancel} onClose={close} />
      </Modal>
    </>
  )
}
