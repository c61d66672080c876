import { HintTopic, listActivity, listActivityActions, listStaff, type ActivityEntry } from '@aliquot/contracts'
import { Button, Drawer } from '@mantine/core'
import { IconLink, IconLinkOff, IconShieldCheck, IconUser } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFilters, useInfinitePages, useRouteQuery, useSession } from '../../platform/index.ts'
import { DataTable, DateTime, EmptyState, FilterBar, Page, PageHeader, PersonPicker, ToneBadge, type Choice, type Column, type FilterField } from '../../ui/index.ts'
import { ActivityDetail } from './activity-detail.tsx'
import classes from './activity.module.css'
import { ExportButton } from './export-button.tsx'
import { activityFilters } from './filters.ts'
import { VerificationPanel } from './verification.tsx'

const everyTopic = HintTopic.enum.filter((topic) => topic !== '*')
/** Whoever reads far down is not disturbed by what happens now. */
const liveUpTo = 150

/** Who did what, when, to which record. */
export function ActivityPage() {
  const { t } = useTranslation('activity')
  const filters = useFilters(activityFilters)
  const [opened, setOpened] = useState<ActivityEntry | null>(null)
  const [verifying, setVerifying] = useState(false)
  const [loaded, setLoaded] = useState(0)
  const source = useInfinitePages(listActivity, { query: filters.values }, { staleTime: 5000, ...(loaded <= liveUpTo ? { live: everyTopic } : {}) })
  if (source.rows.length !== loaded) setLoaded(source.rows.length)
  const [picked, setPicked] = useState<Choice<never> | null>(null)
  const { patientId } = filters.values
  const patient = patientId === undefined ? null : picked?.id === patientId ? picked : { id: patientId, label: t('patient_number', { id: patientId }) }

  return (
    <Page layout="fill">
      <PageHeader
        title={t('title')} subtitle={t('about')}
        actions={
          <>
            <Button variant="default" leftSection={<IconShieldCheck size={16} />} onClick={() => setVerifying(true)}>{t('verify.open')}</Button>
            <ExportButton query={filters.values} />
          </>
        }
      />
      <div className={classes.bar}>
        <FilterBar filters={filters} search={{ name: 'q', placeholder: t('search') }} fields={useActivityFields(filters.values)} />
        <PersonPicker
          aria-label={t('patient')} w={230} leftSection={<IconUser size={15} aria-hidden />} value={patient as never}
          onChange={(choice) => {
            setPicked(choice as Choice<never> | null)
            filters.set({ patientId: choice?.id ?? null })
          }}
        />
      </div>
      <DataTable
        primary label={t('title')} columns={useActivityColumns()} source={source} rowKey={({ id }) => id} onOpen={setOpened}
        empty={<EmptyState title={t('empty')} text={t('empty_text')} />}
      />
      <Drawer opened={opened !== null} onClose={() => setOpened(null)} position="right" size={480} title={t('entry')}>
        {opened && (
          <ActivityDetail
            entry={opened}
            onFilter={(change) => {
              filters.set(change)
              setOpened(null)
            }}
          />
        )}
      </Drawer>
      <Drawer opened={verifying} onClose={() => setVerifying(false)} position="right" size={560} title={t('verify.title')}>
        {verifying && <VerificationPanel />}
      </Drawer>
    </Page>
  )
}

function useActivityColumns(): Column<ActivityEntry>[] {
  const { t } = useTranslation('activity')
  return [
    { key: 'at', header: t('at'), width: 120, cell: ({ at }) => <DateTime at={at} /> },
    { key: 'actor', header: t('actor'), width: 170, cell: ({ actor }) => (actor.kind === 'system' ? t('system') : actor.name), title: ({ actor }) => actor.name },
    { key: 'message', header: t('message'), least: 240, cell: ({ message }) => message, title: ({ message }) => message },
    { key: 'action', header: t('action'), width: 210, minScreen: 1200, cell: ({ action }) => <code>{action}</code>, title: ({ action }) => action },
    { key: 'category', header: t('category'), width: 84, align: 'right', minScreen: 1400, cell: ({ category }) => category },
    {
      key: 'sealed', header: t('chain'), width: 104, minScreen: 900,
      cell: ({ sealed }) => sealed
        ? <ToneBadge tone="green" icon={<IconLink size={13} aria-hidden />} note={t('sealed_text')}>{t('sealed')}</ToneBadge>
        : <ToneBadge tone="neutral" icon={<IconLinkOff size={13} aria-hidden />} note={t('unsealed_text')}>{t('unsealed')}</ToneBadge>,
    },
  ]
}

type Values = ReturnType<typeof activityFilters.parse>

function useActivityFields({ subjectType, subjectId, reportId }: Values): FilterField<keyof Values & string>[] {
  const { t } = useTranslation('activity')
  const { can } = useSession()
  const staff = useRouteQuery(listStaff, { query: { limit: 200 } }, { enabled: can('labs.view_staff'), live: ['account'] })
  const actions = useRouteQuery(listActivityActions, {}, { staleTime: Infinity }).data?.items ?? []
  const only = (name: 'reportId' | 'subjectId' | 'subjectType', label: string, value: number | string | undefined) =>
    (value === undefined ? [] : [{ kind: 'one' as const, name, label, options: [{ value, label: String(value).replaceAll('_', ' ') }] }])
  return [
    { kind: 'days', from: 'from', to: 'to', label: t('days') },
    ...(staff.data ? [{ kind: 'one' as const, name: 'accountId' as const, label: t('actor'), options: staff.data.items.map(({ id, name }) => ({ value: id, label: name })) }] : []),
    { kind: 'one', name: 'action', label: t('action'), options: actions.map(({ action }) => action).toSorted().map((value) => ({ value, label: value })) },
    { kind: 'one', name: 'category', label: t('category'), options: actions.map(({ category, action }) => ({ value: category, label: `${category} · ${action}` })) },
    ...only('reportId', t('report'), reportId),
    ...only('subjectType', t('kind'), subjectType),
    ...only('subjectId', t('record'), subjectId),
  ]
}
