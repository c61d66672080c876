import type { WorklistRow } from '@aliquot/contracts'
import { IconAlertOctagon, IconForms, IconPencilExclamation } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../platform/index.ts'
import { DateTime, FlagMark, PatientLine, StatusBadge, ToneBadge, type Column } from '../../../ui/index.ts'
import { reportsWithDraft } from '../entry/draft-store.ts'
import { FileMark } from '../files/file-mark.tsx'
import { isLate, lateness } from '../is-late.ts'
import { PriorityMark } from '../priority-mark.tsx'
import classes from './worklist.module.css'

export const isOverdue = ({ dueAt, status, overdue }: WorklistRow, now: Date): boolean => overdue || isLate(dueAt, status, now)

/** On a tablet patient and test share a row of two lines, so that nothing has to be scrolled sideways. */
export function useWorklistColumns(now: Date, gone: ReadonlySet<string | number>, narrow: boolean): Column<WorklistRow>[] {
  const { t } = useTranslation('reports')
  const { relative, dateTime, conventions } = useFormat()
  const drafts = reportsWithDraft()
  const work: Column<WorklistRow>[] = narrow
    ? [{
      key: 'work', header: t('worklist.patient'), least: 260, title: ({ patient, test }) => `${patient.fullName} · ${patient.number} · ${test.name}`,
      cell: ({ patient, test, specimen, priority, flags }) => (
        <span className={classes.two}>
          <span className={classes.patient}><PatientLine patient={patient} /><PriorityMark priority={priority} /></span>
          <span className={classes.cut}><FileMark flags={flags} /> {test.name}{specimen && <span className={classes.quiet}> · {specimen.number}</span>}</span>
        </span>
      ),
    }]
    : [
      {
        key: 'patient', header: t('worklist.patient'), least: 230, cell: ({ patient }) => <PatientLine patient={patient} />,
        title: ({ patient }) => `${patient.fullName} · ${patient.number}`,
      },
      {
        key: 'priority', header: t('worklist.priority'), width: 94, cell: ({ priority }) => (priority === 'routine' ? null : <StatusBadge status={priority} />),
      },
      {
        key: 'test', header: t('worklist.test'), least: 190, title: ({ test }) => test.name, cell: ({ test, flags }) => (
          <span className={classes.test}>
            <span className={classes.cut}>{test.name}</span>
            <FileMark flags={flags} />
          </span>
        ),
      },
      {
        key: 'specimen', header: t('worklist.specimen'), width: 106, cell: ({ specimen, accessionNumber }) => specimen?.number ?? accessionNumber,
        title: ({ specimen, accessionNumber }) => (specimen ? `${specimen.number} · ${specimen.type}` : accessionNumber),
      },
    ]
  return [
    ...work,
    {
      key: 'status', header: t('worklist.status'), width: 128, cell: (row) => gone.has(row.reportId)
        ? <ToneBadge tone="neutral" note={t('worklist.moved_note')}>{t('worklist.moved')}</ToneBadge>
        : <StatusBadge status={row.status} />,
    },
    { key: 'marks', header: t('worklist.marks'), width: 106, cell: (row) => <Marks row={row} draft={drafts.has(row.reportId)} /> },
    {
      key: 'due', header: t('worklist.due'), width: 118, cell: (row) => isOverdue(row, now)
        ? <span className={classes.overdue} title={`${dateTime(row.dueAt)} · ${relative(row.dueAt)}`}>{t('worklist.late', { by: lateness(row.dueAt, now, conventions.locale) })}</span>
        : <DateTime at={row.dueAt} />,
    },
    {
      key: 'department', header: t('worklist.department'), width: 130, minScreen: 1400, cell: ({ department }) => department.name, title: ({ department }) => department.name,
    },
    { key: 'ordered', header: t('worklist.ordered'), width: 112, minScreen: 1560, cell: ({ orderedAt }) => <DateTime at={orderedAt} /> },
    {
      key: 'from', header: t('worklist.referred'), width: 160, minScreen: 1700, cell: ({ organisation, doctor }) => organisation?.name ?? doctor?.name ?? '–',
      title: ({ organisation, doctor }) => [organisation?.name, doctor?.name].filter(Boolean).join(' · '),
    },
  ]
}

function Marks({ row: { flags, hasMissingFields }, draft }: { row: WorklistRow; draft: boolean }) {
  const { t } = useTranslation('reports')
  return (
    <span className={classes.marks}>
      {flags.unacknowledgedCritical
        ? <ToneBadge tone="red" icon={<IconAlertOctagon size={13} aria-hidden />} note={t('worklist.critical_about')}>{t('worklist.critical')}</ToneBadge>
        : flags.critical ? <FlagMark flag="critical" /> : flags.abnormal ? <FlagMark flag="abnormal" /> : null}
      {flags.amended && <ToneBadge tone="amber">{t('worklist.amended')}</ToneBadge>}
      {draft && (
        <ToneBadge tone="amber" icon={<IconPencilExclamation size={13} aria-hidden />} note={t('worklist.draft_note')}>
          {t('worklist.draft')}
        </ToneBadge>
      )}
      {hasMissingFields && (
        <span className={classes.missing} title={t('worklist.missing')}><IconForms size={15} aria-label={t('worklist.missing')} /></span>
      )}
    </span>
  )
}
