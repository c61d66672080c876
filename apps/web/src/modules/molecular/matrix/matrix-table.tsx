import type { Antibiotic, Gene } from '@aliquot/contracts'
import { memo, useId, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './matrix.module.css'

interface MatrixTableProps {
  genes: readonly Gene[]
  antibiotics: readonly Antibiotic[]
  editable: boolean
  onToggle: (gene: Gene, antibiotic: Antibiotic) => void
}

type State = 'default' | 'own' | 'none'
const marks: Record<State, string> = { default: '●', own: '◆', none: '' }

/** Arrow keys, Home and End move the cell; Space and Enter change it. One stop of the Tab key. */
export function MatrixTable({ genes, antibiotics, editable, onToggle }: MatrixTableProps) {
  const { t } = useTranslation('molecular')
  const base = useId()
  const [at, setAt] = useState({ row: 0, column: 0 })
  const row = Math.min(at.row, genes.length - 1)
  const column = Math.min(at.column, antibiotics.length - 1)
  const idOf = (r: number, c: number) => `${base}-${r}-${c}`
  const go = (r: number, c: number) => {
    const next = { row: Math.max(0, Math.min(genes.length - 1, r)), column: Math.max(0, Math.min(antibiotics.length - 1, c)) }
    setAt(next)
    document.getElementById(idOf(next.row, next.column))?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }
  const steps: Record<string, () => void> = {
    ArrowUp: () => go(row - 1, column), ArrowDown: () => go(row + 1, column), ArrowLeft: () => go(row, column - 1), ArrowRight: () => go(row, column + 1),
    Home: () => go(row, 0), End: () => go(row, antibiotics.length - 1), PageUp: () => go(row - 10, column), PageDown: () => go(row + 10, column),
  }
  const toggle = (r: number, c: number) => {
    const [gene, antibiotic] = [genes[r], antibiotics[c]]
    if (gene && antibiotic) onToggle(gene, antibiotic)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (step) step()
    else if (event.key === ' ' || event.key === 'Enter') toggle(row, column)
    else return
    event.preventDefault()
  }
  const groups: { name: string; count: number }[] = []
  for (const { class: name } of antibiotics) {
    const last = groups.at(-1)
    if (last?.name === name) last.count++
    else groups.push({ name, count: 1 })
  }
  return (
    <>
      <div className={classes.legend}>
        <span><b className={classes.default}>{marks.default}</b> {t('matrix.legend_default')}</span>
        <span><b className={classes.own}>{marks.own}</b> {t('matrix.legend_own')}</span>
        <span><b className={classes.empty} /> {t('matrix.legend_none')}</span>
      </div>
      <div className={classes.scroller}>
        <table className={classes.table} role="grid" tabIndex={0} aria-label={t('matrix.title')} aria-activedescendant={idOf(row, column)} onKeyDown={onKeyDown}>
          <thead>
            <tr>
              <td className={classes.corner} />
              {groups.map(({ name, count }, index) => <th key={index} colSpan={count} className={classes.group} title={name}><span>{name}</span></th>)}
            </tr>
            <tr>
              <th className={classes.corner}>{t('matrix.gene')}</th>
              {antibiotics.map(({ id, name, whonet_code: code, class: group }, c) => (
                <th
                  key={id} scope="col" className={classes.drug} title={name} aria-label={name} data-here={c === column || undefined}
                  data-first={group !== antibiotics[c - 1]?.class || undefined}
                >
                  {code || name.slice(0, 4)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {genes.map((gene, r) => (
              <GeneRow
                key={gene.id} gene={gene} antibiotics={antibiotics} base={`${base}-${r}`} here={r === row ? column : null} editable={editable}
                onPick={(c) => {
                  setAt({ row: r, column: c })
                  toggle(r, c)
                }}
              />
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

interface GeneRowProps {
  gene: Gene
  antibiotics: readonly Antibiotic[]
  base: string
  here: number | null
  editable: boolean
  onPick: (column: number) => void
}

const same = (a: GeneRowProps, b: GeneRowProps) =>
  a.gene === b.gene && a.antibiotics === b.antibiotics && a.here === b.here && a.editable === b.editable

const GeneRow = memo(function GeneRow({ gene, antibiotics, base, here, editable, onPick }: GeneRowProps) {
  const { t } = useTranslation('molecular')
  const said = new Map(gene.antibiotics.map(({ id, is_default: isDefault }) => [id, isDefault ? 'default' : 'own'] as const))
  return (
    <tr data-here={here !== null || undefined}>
      <th scope="row" className={classes.gene} title={gene.gene_type}>{gene.name}</th>
      {antibiotics.map(({ id, name, class: group }, c) => {
        const state: State = said.get(id) ?? 'none'
        return (
          // The grid has the focus and the keys; a cell is pointed at.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <td
            key={id} id={`${base}-${c}`} role="gridcell" className={classes.cell} data-state={state} data-at={c === here || undefined}
            data-first={group !== antibiotics[c - 1]?.class || undefined} data-editable={editable || undefined}
            aria-label={`${gene.name}, ${name}: ${t(state === 'none' ? 'matrix.works' : 'matrix.fails')}`} title={`${gene.name} · ${name}`}
            onClick={() => onPick(c)}
          >
            {marks[state]}
          </td>
        )
      })}
    </tr>
  )
}, same)
