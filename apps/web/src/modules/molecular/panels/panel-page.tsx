import { getMolecularPanel, type MolecularPanel } from '@aliquot/contracts'
import { useParams } from '@tanstack/react-router'
import { useRouteQuery } from '../../../platform/index.ts'
import { Pending } from '../../../shell/pending.tsx'
import { ErrorState, Page } from '../../../ui/index.ts'
import { PanelForm } from './panel-form.tsx'

export function PanelPage() {
  const testId = Number(useParams({ strict: false }).testId)
  const query = useRouteQuery(getMolecularPanel, { params: { testId } })
  if (query.data) return <PanelForm key={keyOf(query.data)} panel={query.data} />
  return <Page>{query.isError ? <ErrorState problem={query.error} onRetry={() => void query.refetch()} /> : <Pending />}</Page>
}

const keyOf = ({ test, version }: MolecularPanel): string => `${test.id}.${version ?? 0}`
