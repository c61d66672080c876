import { IconAlertTriangle } from '@tabler/icons-react'
import { Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { cellSign, geneApplies, susceptibilities } from '@aliquot/lab-arithmetic'
import type { Sheet } from './draft.ts'
import { moveFrom } from './move-by-keys.ts'
import type { Entry } from './use-molecular-entry.ts'
import classes from './resistance.module.css'

const letters = new Set<string>(susceptibilities)
/** No longer word begins with these: the next row is ready at once. */
const whole = new Set(['I', 'R'])

/** Antibiotics down, organisms across: what nature and genes say stands there already, S, I or R is typed over it. */
export function ResistanceGrid({ entry }: { entry: Entry }) {
  const { t } = useTranslation('molecularEntry')
  const { sheet, editable, entry: { plan } } = entry
  const organisms = sheet.lines.filter(({ target, result }) => target.kind === 'organism' && result === 'DETECTED').map(({ target }) => target)
  if (organisms.length === 0 || plan.antibiotics.length === 0) return null
  const shown = new Set(sheet.cells.map(({ antibioticId }) => antibioticId))
  const drugs = plan.antibiotics.filter(({ id }) => shown.has(id))
  const genes = sheet.lines.filter(({ target }) => target.kind === 'gene')
  const homeless = genes.filter(({ target, result }) => result === 'DETECTED' && !geneApplies({ antibioticIds: target.antibiotic_ids, organismIds: target.organism_ids },
    organisms.map(({ key, id, antibiotic_ids: antibioticIds }) => ({ key, organismId: id, antibioticIds }))))
  return (
    <section className={classes.section} aria-label={t('resistance.title')}>
      <h2>{t(plan.kind === 'culture' ? 'resistance.susceptibility' : 'resistance.title')}</h2>
      <div className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr><th scope="col">{t('resistance.antibiotic')}</th>{organisms.map(({ key, name, number }) => <th key={key} scope="col">{name}{number > 1 && ` (${number})`}</th>)}</tr>
          </thead>
          <tbody>
            {drugs.map(({ id, name, category }) => (
              <tr key={id}>
                <th scope="row" title={category}>{name}</th>
                {organisms.map((target) => {
                  const cell = sheet.cells.find(({ key, antibioticId }) => key === target.key && antibioticId === id)
                  return <td key={target.key}>{cell && <OneCell entry={entry} cell={cell} editable={editable} name={`${name} ${target.name}`} />}</td>
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={classes.legend}>{t(plan.kind === 'culture' ? 'resistance.legend_culture' : 'resistance.legend')}</p>
      {homeless.length > 0 && <p className={classes.legend}>{t('resistance.homeless', { genes: homeless.map(({ target }) => target.name).join(', ') })}</p>}
    </section>
  )
}

function OneCell({ entry, cell, editable, name }: { entry: Entry; cell: Sheet['cells'][number]; editable: boolean; name: string }) {
  const { t } = useTranslation('molecularEntry')
  const place = `${cell.key}/${cell.antibioticId}`
  const typed = entry.sheet.of(`s/${place}`)
  const predicted = cellSign({ state: cell.state === 'PHENOTYPE' ? 'NOT_TESTED' : cell.state, value: null })
  const why = cell.state === 'INTRINSIC_R' ? t('resistance.intrinsic') : cell.genes.join(', ')
  const column = `s-${cell.key}`
  return (
    <span className={classes.cell} data-conflict={cell.conflict || undefined} data-value={(typed || predicted).charAt(0)} data-cell={place}>
      <input
        className={classes.letter} data-column={column} value={typed} placeholder={predicted} disabled={!editable} maxLength={3} aria-label={name}
        aria-invalid={(typed !== '' && !letters.has(typed)) || undefined}
        onChange={(event) => {
          const text = event.currentTarget.value.toUpperCase().trim()
          entry.set(`s/${place}`, text)
          if (whole.has(text)) moveFrom(event.currentTarget, 1)
        }}
      />
      <input
        className={classes.measured} data-column={`m-${cell.key}`} value={entry.sheet.of(`m/${place}`)} placeholder={why || t('resistance.mic')} disabled={!editable} maxLength={60}
        aria-label={t('resistance.mic_of', { name })} onChange={(event) => entry.set(`m/${place}`, event.currentTarget.value)}
      />
      {cell.conflict && (
        <Tooltip label={t('resistance.conflict', { why })}><IconAlertTriangle size={15} className={classes.warning ?? ''} aria-label={t('resistance.conflict', { why })} /></Tooltip>
      )}
    </span>
  )
}
