import type { MissingDetail, MissingDetailState } from '@aliquot/contracts'
import { Anchor } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../platform/index.ts'
import { DateTime, ToneBadge, type Column } from '../../../ui/index.ts'
import classes from '../missing-details.module.css'

const tones = { open: 'amber', confirmed: 'blue', edited: 'green', withdrawn: 'neutral' } as const

/** Whose detail, which, since when; of resolved ones who and when, of open ones the way to mend it. */
export function useDetailColumns(state: MissingDetailState): Column<MissingDetail>[] {
  const { t } = useTranslation('missing-details')
  const { can } = useSession()
  const whose = ({ patient, bill }: MissingDetail) =>
    [patient.fullName, patient.number, bill && `${t('list.bill')} ${bill.number}`].filter(Boolean).join(' · ')
  const by = ({ resolvedByLabUser, resolvedByDoctor }: MissingDetail) => (resolvedByLabUser ?? resolvedByDoctor)?.name ?? '–'
  const mayMend = ({ fieldModule }: MissingDetail) => can(fieldModule === 'billing' ? 'billing.update' : 'patients.update')
  const common: Column<MissingDetail>[] = [
    {
      key: 'patient', header: t('list.patient'), least: 190, title: whose,
      cell: ({ patient, bill }) => (
        <>{patient.fullName} <span className={classes.quiet}>{patient.number}{bill && ` · ${t('list.bill')} ${bill.number}`}</span></>
      ),
    },
    {
      key: 'field', header: t('list.field'), least: 120, title: ({ label }) => label, cell: ({ label, blocksRelease }) => (
        <>
          {label} {blocksRelease && <IconLock size={14} className={classes.trouble} role="img" aria-label={t('blocks_note')} />}
        </>
      ),
    },
    { key: 'value', header: t('list.value'), width: 130, title: ({ fieldValue }) => fieldValue,
      cell: ({ fieldValue }) => <span className={classes.said}>{fieldValue}</span> },
    { key: 'since', header: t('list.since'), width: 120, cell: ({ openedAt }) => <DateTime at={openedAt} show="relative" /> },
    { key: 'organisation', header: t('list.organisation'), width: 150, minScreen: 1350, cell: ({ organisation }) => organisation?.name ?? '–' },
    { key: 'openedBy', header: t('list.by'), width: 140, minScreen: 1200, cell: (row) => (row.state === 'open' ? row.openedBy.name : by(row)) },
  ]
  if (state !== 'open') return [...common, {
    key: 'state', header: t('list.state'), width: 128,
    cell: (row) => <ToneBadge tone={tones[row.state]}>{t(`state.${row.state}`)}</ToneBadge>,
  }, { key: 'resolved', header: t('state.edited'), width: 120, minScreen: 1000,
    cell: ({ resolvedAt }) => <DateTime at={resolvedAt} show="relative" /> }]
  return [...common, {
    key: 'fix', header: '', width: 84, cell: (row) => mayMend(row) && (
      <Anchor
        size="sm" tabIndex={-1} aria-label={t('list.fix_named', { field: row.label, name: row.patient.fullName })}
        renderRoot={(props) => <Link {...props} to={row.url} onClick={(event) => event.stopPropagation()} />}
      >
        {t('list.fix')}
      </Anchor>
    ),
  }]
}
