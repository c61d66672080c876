import { listGenes, listOrganisms, mapDeviceGenes, mapDeviceOrganisms, type Gene, type Organism, type RouteDefinition } from '@aliquot/contracts'
import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { toastDone, useRouteMutation } from '../../../platform/index.ts'
import { RemoteSelect, type Choice } from '../../../ui/index.ts'
import classes from './codes.module.css'

/** One line that says what a code means; Enter adds it and the next can be typed. */
export function AddCode({ deviceId, refreshes }: { deviceId: number; refreshes: readonly RouteDefinition[] }) {
  const { t } = useTranslation('molecular')
  const [code, setCode] = useState('')
  const [kind, setKind] = useState<'gene' | 'organism'>('organism')
  const [target, setTarget] = useState<Choice<Gene | Organism> | null>(null)
  const first = useRef<HTMLInputElement>(null)
  const done = () => {
    toastDone(t('codes.added', { code, name: target?.label ?? '' }))
    setCode('')
    setTarget(null)
    first.current?.focus()
  }
  const mapGene = useRouteMutation(mapDeviceGenes, { refreshes, onSuccess: done })
  const mapOrganism = useRouteMutation(mapDeviceOrganisms, { refreshes, onSuccess: done })
  const add = (event: FormEvent) => {
    event.preventDefault()
    if (!target || code.trim() === '') return
    const params = { deviceId }
    if (kind === 'gene') mapGene.mutate({ params, body: { mappings: [{ code: code.trim(), gene_id: target.id }] } })
    else mapOrganism.mutate({ params, body: { mappings: [{ code: code.trim(), organism_id: target.id }] } })
  }
  const search = {
    label: t('codes.target'), placeholder: t(kind === 'gene' ? 'antibiotic.add_gene' : 'antibiotic.add_organism'), value: target, onChange: setTarget,
    input: (q: string) => ({ query: { q, limit: 20 } }),
    choice: (item: Gene | Organism) => ({ id: item.id, label: item.name, hint: 'gene_type' in item ? item.gene_type : item.category, item }),
  }
  return (
    <form className={classes.add} onSubmit={add}>
      <TextInput ref={first} label={t('codes.code')} maxLength={100} value={code} onChange={(event) => setCode(event.currentTarget.value)} />
      <div>
        <div className={classes.label}>{t('codes.kind')}</div>
        <SegmentedControl
          value={kind} aria-label={t('codes.kind')} data={(['organism', 'gene'] as const).map((value) => ({ value, label: t(`codes.${value}`) }))}
          onChange={(value) => {
            setKind(value)
            setTarget(null)
          }}
        />
      </div>
      {kind === 'gene'
        ? <RemoteSelect key="gene" route={listGenes} {...search} items={({ items }) => items} />
        : <RemoteSelect key="organism" route={listOrganisms} {...search} items={({ items }) => items} />}
      <Button type="submit" leftSection={<IconPlus size={16} />} disabled={!target || code.trim() === ''} loading={mapGene.isPending || mapOrganism.isPending}>
        {t('codes.add')}
      </Button>
    </form>
  )
}
