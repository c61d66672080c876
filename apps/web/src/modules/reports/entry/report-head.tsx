import type { Report } from '@aliquot/contracts'
import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconFileTypePdf } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useNow, useSession, useShortcuts } from '../../../platform/index.ts'
import { Beside } from '../../../shell/beside.tsx'
import { AgeSex, DateTime, PageHeader, StatusBadge, ToneBadge } from '../../../ui/index.ts'
import { GapBadge } from '../../missing-details/index.ts'
import { patientPage } from '../addresses.ts'
import { isLate } from '../is-late.ts'
import { walk } from '../worklist/walk.ts'
import classes from './entry.module.css'

/** Who and what: the patient never scrolls away. */
export function ReportHead({ report }: { report: Report }) {
  const { t } = useTranslation('reports')
  const { can } = useSession()
  const navigate = useNavigate()
  const now = useNow()
  const { patient, specimen, priority } = report
  const steps = walk.around(report.id)
  const go = (reportId: number | null) => reportId !== null && void navigate({ to: '/reports/$reportId', params: { reportId: String(reportId) } })
  useShortcuts([
    { keys: 'n', label: t('entry.next'), run: () => go(steps.next) },
    { keys: 'p', label: t('entry.previous'), run: () => go(steps.previous) },
    { keys: 'mod+arrowdown', label: t('entry.next'), run: () => go(steps.next) },
    { keys: 'mod+arrowup', label: t('entry.previous'), run: () => go(steps.previous) },
    { keys: 'u', label: t('entry.back'), run: () => void navigate({ href: walk.from() }) },
  ])
  const printable = !report.flags.isFile || report.file?.check === 'passed'
  const mayPrint = printable && (can('reports.print_unsigned') || (can('reports.print') && report.status === 'signed'))
  const late = isLate(report.dueAt, report.status, now)

  return (
    <>
      <PageHeader
        title={report.definition.name} back={{ to: walk.from(), label: t('worklist.title') }}
        mark={
          <>
            <StatusBadge status={report.status} />
            {priority !== 'routine' && <StatusBadge status={priority} />}
            {late && <ToneBadge tone="orange">{t('worklist.overdue')}</ToneBadge>}
            {report.flags.amended && <ToneBadge tone="amber">{t('worklist.amended')}</ToneBadge>}
          </>
        }
        actions={
          <>
            {steps.place > 0 && (
              <div className={classes.steps} role="group" aria-label={t('entry.on_list')}>
                <Tooltip label={t('entry.previous_key')}>
                  <ActionIcon
                    variant="default" className={classes.step ?? ''} aria-label={t('entry.previous')} disabled={steps.previous === null}
                    onClick={() => go(steps.previous)}
                  >
                    <IconChevronLeft size={18} />
                  </ActionIcon>
                </Tooltip>
                <span className={classes.place}>{t('entry.place', { place: steps.place, count: steps.count })}</span>
                <Tooltip label={t('entry.next_key')}>
                  <ActionIcon
                    variant="default" className={classes.step ?? ''} aria-label={t('entry.next')} disabled={steps.next === null}
                    onClick={() => go(steps.next)}
                  >
                    <IconChevronRight size={18} />
                  </ActionIcon>
                </Tooltip>
              </div>
            )}
            <Beside patientId={patient.id} reportId={report.id} signed={report.status === 'signed'} />
            {mayPrint && (
              <Button
                variant="default" leftSection={<IconFileTypePdf size={16} />}
                renderRoot={(props) => <Link {...props} to="/reports/$reportId/print" params={{ reportId: String(report.id) }} />}
              >
                {t('entry.preview')}
              </Button>
            )}
          </>
        }
      />
      <section className={classes.patient} aria-label={t('worklist.patient')}>
        <div className={classes.who}>
          <Link to={patientPage(patient.id)} className={classes.name}>{patient.fullName}</Link>
          <AgeSex ageText={patient.ageText} sex={patient.sex} />
          <span className={classes.quiet}>{patient.number}</span>
          <GapBadge details={report.missingDetails} />
        </div>
        <dl className={classes.facts}>
          <div>
            <dt>{t('worklist.specimen')}</dt><dd><Link to="/accessions/$accessionId" params={{ accessionId: String(report.accessionId) }}>{specimen?.number ?? report.accessionNumber}</Link>{specimen && ` ${specimen.type}`}</dd>
          </div>
          <div><dt>{t('accession.collected')}</dt><dd><DateTime at={specimen?.collectedAt ?? null} /></dd></div>
          <div className={late ? classes.late : undefined}><dt>{t('worklist.due')}</dt><dd><DateTime at={report.dueAt} /></dd></div>
          {(report.doctor ?? report.organisation) && (
            <div><dt>{t('worklist.referred')}</dt><dd>{report.doctor?.name ?? report.organisation?.name}</dd></div>
          )}
        </dl>
      </section>
    </>
  )
}
