import { getPatient, type Patient } from '@aliquot/contracts'
import { ActionIcon, Button, Menu, Tabs } from '@mantine/core'
import { IconArrowMerge, IconDotsVertical, IconHistory, IconPencil, IconReceipt2 } from '@tabler/icons-react'
import { Link, Navigate, useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFilters, useRouteQuery, useSession, useShortcuts } from '../../../platform/index.ts'
import { GapBadge, GapList } from '../../missing-details/index.ts'
import { Beside } from '../../../shell/beside.tsx'
import { AgeSex, KeyHint, Loaded, Page, PageHeader, ToneBadge } from '../../../ui/index.ts'
import { patientSearch, patientTabs, type PatientTab } from '../filters.ts'
import { AllowedTestsTab } from './allowed-tests-tab.tsx'
import { BillsTab } from './bills-tab.tsx'
import { FilesTab } from './files-tab.tsx'
import classes from './page.module.css'
import { ImagesTab } from './images-tab.tsx'
import { PatientFacts } from './patient-facts.tsx'
import { ReportsTab } from './reports-tab.tsx'
import { TimelineTab } from './timeline-tab.tsx'

export function PatientPage() {
  const patientId = Number(useParams({ strict: false }).patientId)
  const query = useRouteQuery(getPatient, { params: { patientId } }, { live: [`patient:${patientId}`] })
  return (
    <Page>
      <Loaded query={query}>{(patient) => (patient.id === patientId
        ? <Shown key={patient.id} patient={patient} />
        // The record was merged into another one.
        : <Navigate to="/patients/$patientId" params={{ patientId: String(patient.id) }} replace />)}</Loaded>
    </Page>
  )
}

/** Who it is at the left, always in sight; what happened at the right. */
function Shown({ patient }: { patient: Patient }) {
  const { t } = useTranslation('patients')
  const { can } = useSession()
  const navigate = useNavigate()
  const filters = useFilters(patientSearch)
  const shown: Record<PatientTab, boolean> = { timeline: true, reports: can('reports.view'), bills: can('billing.view'), images: can('imaging.view'), files: true, tests: true }
  const tabs = patientTabs.filter((tab) => shown[tab])
  const tab = filters.values.tab && shown[filters.values.tab] ? filters.values.tab : 'timeline'
  const bill = () => void navigate({ to: '/bills/new', search: { patientId: patient.id } })
  const edit = () => void navigate({ to: '/patients/$patientId/edit', params: { patientId: String(patient.id) } })
  const merge = () => void navigate({ to: '/patients/$patientId/merge', params: { patientId: String(patient.id) } })
  useShortcuts([
    ...(can('billing.create') ? [{ keys: 'b', label: t('page.bill'), run: bill }] : []),
    ...(can('patients.update') ? [{ keys: 'e', label: t('page.edit'), run: edit }] : []),
    ...(can('patients.merge') ? [{ keys: 'm', label: t('merge.start'), run: merge }] : []),
    ...tabs.map((name, at) => ({ keys: String(at + 1), label: t(`tab.${name}`), run: () => filters.set({ tab: name }) })),
  ])
  const panels: Record<PatientTab, React.ReactNode> = {
    timeline: <TimelineTab patientId={patient.id} />, reports: <ReportsTab patient={patient} />, bills: <BillsTab patient={patient} />,
    images: <ImagesTab patient={patient} />, files: <FilesTab patient={patient} />, tests: <AllowedTestsTab patient={patient} />,
  }
  return (
    <>
      <PageHeader
        title={[patient.title, patient.fullName].filter(Boolean).join(' ')} back={{ to: '/patients', label: t('title') }}
        subtitle={<><AgeSex ageText={patient.ageText} sex={patient.sex} /> · {patient.number}{patient.phone && ` · ${patient.phone}`}</>}
        mark={
          <>
            <GapBadge details={patient.missingDetails} />
            {patient.testsLimited && <ToneBadge tone="violet" note={t('limited_note')}>{t('limited')}</ToneBadge>}
          </>
        }
        actions={
          <>
            <Beside patientId={patient.id} />
            {can('platform.view_activity') && (
              <Button
                renderRoot={(props) => <Link {...props} to="/activity" search={{ patientId: patient.id }} />} variant="default" leftSection={<IconHistory size={16} />}
              >
                {t('page.history')}
              </Button>
            )}
            {can('patients.update') && (
              <Button
                component={Link} to={`/patients/${patient.id}/edit`} variant="default" leftSection={<IconPencil size={16} />}
                rightSection={<KeyHint keys="e" />}
              >
                {t('page.edit')}
              </Button>
            )}
            {can('billing.create') && (
              <Button leftSection={<IconReceipt2 size={16} />} rightSection={<KeyHint keys="b" />} onClick={bill}>{t('page.bill')}</Button>
            )}
            {can('patients.merge') && (
              <Menu position="bottom-end">
                <Menu.Target>
                  <ActionIcon variant="default" size="var(--control-height)" aria-label={t('page.more')}><IconDotsVertical size={17} /></ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item leftSection={<IconArrowMerge size={16} />} rightSection={<KeyHint keys="m" />} onClick={merge}>
                    {t('merge.start')}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            )}
          </>
        }
      />
      <GapList details={patient.missingDetails} />
      <div className={classes.columns}>
        <PatientFacts patient={patient} />
        <Tabs value={tab} onChange={(next) => filters.set({ tab: next })} keepMounted={false} className={classes.tabs}>
          <Tabs.List>
            {tabs.map((name) => <Tabs.Tab key={name} value={name}>{t(`tab.${name}`)}</Tabs.Tab>)}
          </Tabs.List>
          {tabs.map((name) => <Tabs.Panel key={name} value={name} pt="sm">{panels[name]}</Tabs.Panel>)}
        </Tabs>
      </div>
    </>
  )
}
