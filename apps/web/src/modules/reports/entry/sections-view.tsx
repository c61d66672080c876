import type { Section } from '@aliquot/contracts'
import { EmptyState } from '../../../ui/index.ts'
import { useTranslation } from 'react-i18next'
import classes from './sections.module.css'

/** What another module filled in, as it is printed. */
export function SectionsView({ report: { sections } }: { report: { sections: readonly Section[] } }) {
  const { t } = useTranslation('reports')
  if (sections.length === 0) return <EmptyState title={t('sections.empty')} text={t('sections.empty_text')} />
  return <div className={classes.sections}>{sections.map((section, at) => <One key={at} section={section} />)}</div>
}

function One({ section: { kind, tone, title, text, columns, rows } }: { section: Section }) {
  if (kind === 'summary') return <p className={classes.summary} data-tone={tone}>{title && <span>{title}</span>}{text}</p>
  if (kind === 'paragraph') return <section className={classes.paragraph}>{title && <h2>{title}</h2>}<p>{text}</p></section>
  return (
    <section>
      {title && <h2>{title}</h2>}
      <div className={classes.scroll}>
        <table className={classes.table}>
          <thead><tr>{columns.map((column, at) => <th key={at} scope="col">{column.title}</th>)}</tr></thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={at} data-strong={row.strong || undefined}>
                {row.cells.map((cell, column) => <td key={column}>{cell}{column === 0 && row.note && <small>{row.note}</small>}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {text && <p className={classes.legend}>{text}</p>}
    </section>
  )
}
