import {
  listDeviceGenes, listDeviceOrganisms, unmapDeviceGenes, unmapDeviceOrganisms, type DeviceGene, type DeviceOrganism,
} from '@aliquot/contracts'
import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { rowSource, useRouteMutation, useRouteQuery, useSession } from '../../../platform/index.ts'
import { DataTable, EmptyState, type Column } from '../../../ui/index.ts'
import classes from '../molecular.module.css'
import { AddCode } from './add-code.tsx'

interface CodeRow {
  id: number
  kind: 'gene' | 'organism'
  code: string
  name: string
  disabled: boolean
}

const rowsOf = (genes: readonly DeviceGene[] = [], organisms: readonly DeviceOrganism[] = []): CodeRow[] => [
  ...genes.map(({ id, code, gene }) => ({ id, code, kind: 'gene' as const, name: gene.name, disabled: gene.is_disabled })),
  ...organisms.map(({ id, code, organism }) => ({ id, code, kind: 'organism' as const, name: organism.name, disabled: organism.is_disabled })),
].sort((a, b) => a.code.localeCompare(b.code))

const shown = [listDeviceGenes, listDeviceOrganisms]

/** The codes of one instrument: add one above, remove one in its row. */
export function CodeTable({ deviceId }: { deviceId: number }) {
  const { t } = useTranslation('molecular')
  const editable = useSession().can('molecular.manage')
  const live = ['gene', 'organism', `target_mapping:${deviceId}`] as const
  const genes = useRouteQuery(listDeviceGenes, { params: { deviceId } }, { live })
  const organisms = useRouteQuery(listDeviceOrganisms, { params: { deviceId } }, { live })
  const ready = genes.data && organisms.data
  const source = rowSource(genes.isPending || genes.isError ? genes : organisms, ready && rowsOf(genes.data.mappings, organisms.data.mappings))
  const unmapGene = useRouteMutation(unmapDeviceGenes, { refreshes: shown })
  const unmapOrganism = useRouteMutation(unmapDeviceOrganisms, { refreshes: shown })
  const remove = ({ id, kind }: CodeRow) => {
    const input = { params: { deviceId }, query: { id: [id] } }
    if (kind === 'gene') unmapGene.mutate(input)
    else unmapOrganism.mutate(input)
  }
  const columns: Column<CodeRow>[] = [
    { key: 'code', header: t('codes.code'), width: 220, cell: ({ code }) => code, title: ({ code }) => code },
    { key: 'kind', header: t('codes.kind'), width: 120, cell: ({ kind }) => t(`codes.${kind}`) },
    {
      key: 'name', header: t('codes.target'), least: 200, title: ({ name }) => name,
      cell: ({ name, disabled }) => <span className={`${classes.gene} ${disabled ? classes.struck : ''}`}>{name}</span>,
    },
    {
      key: 'remove', header: '', width: 56, align: 'right',
      cell: (row) => editable && (
        <ActionIcon variant="subtle" color="gray" aria-label={t('codes.remove', { code: row.code })} onClick={() => remove(row)}><IconX size={15} /></ActionIcon>
      ),
    },
  ]
  return (
    <>
      {editable && <AddCode deviceId={deviceId} refreshes={shown} />}
      <DataTable
        label={t('codes.title')} columns={columns} source={source} rowKey={({ kind, id }) => `${kind}:${id}`} height="content"
        empty={<EmptyState title={t('codes.none')} text={t('codes.none_text')} />}
      />
    </>
  )
}
