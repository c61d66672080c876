import type { MissingDetailsConfig, MissingDetailsTemplate } from '@aliquot/contracts'
import { Checkbox, Switch } from '@mantine/core'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { DateTime } from '../../../ui/index.ts'
import classes from '../missing-details.module.css'
import { CreationState } from './creation-state.tsx'
import { draftOf as draftOfConfig, type Draft } from './drafts.ts'
import { PlaceholderInput } from './placeholder-input.tsx'

interface FieldTableProps {
  templates: readonly MissingDetailsTemplate[]
  configOf: (template: MissingDetailsTemplate) => MissingDetailsConfig | undefined
  /** What was changed on this page; undefined where nothing was. */
  draftOf: (template: MissingDetailsTemplate) => Draft | undefined
  errors: ReadonlyMap<number, string>
  onChange: (template: MissingDetailsTemplate, change: Partial<Draft>) => void
}

/** The catalogue by module and category, each field with its switch and its placeholder. */
export function FieldTable({ templates, configOf, draftOf, errors, onChange }: FieldTableProps) {
  const { t } = useTranslation('missing-details')
  const groups = Map.groupBy(templates, ({ fieldModule, fieldCategory }) => `${t(`module.${fieldModule}`)} · ${t(`category.${fieldCategory}`)}`)
  return (
    <div>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t('fields.watched')}</th><th>{t('fields.field')}</th><th>{t('fields.placeholder')}</th><th>{t('fields.blocks')}</th>
            <th>{t('fields.open')}</th><th>{t('fields.changed')}</th>
          </tr>
        </thead>
        <tbody>
          {[...groups].map(([title, members]) => (
            <Fragment key={title}>
              <tr className={classes.group}><td colSpan={6}>{title}</td></tr>
              {members.map((template) => {
                const config = configOf(template)
                const draft = draftOf(template)
                const { watched, value, blocks } = draft ?? draftOfConfig(config)
                return (
                  <tr key={template.id} data-changed={draft !== undefined || undefined}>
                    <td>
                      <Switch
                        aria-label={t('fields.watch_named', { field: template.label })} checked={watched}
                        onChange={(event) => onChange(template, {
                          watched: event.currentTarget.checked,
                          ...(event.currentTarget.checked && !value && template.options.length > 0 ? { value: template.options[0] ?? '' } : {}),
                        })}
                      />
                    </td>
                    <td>{template.label}</td>
                    <td className={classes.placeholder}>
                      <PlaceholderInput
                        template={template} value={value} disabled={!watched} error={errors.get(template.id)}
                        onChange={(next) => onChange(template, { value: next })}
                      />
                      {watched && <CreationState config={config} changed={draft !== undefined} entity={template.entity} />}
                    </td>
                    <td>
                      <Checkbox
                        aria-label={t('fields.blocks_named', { field: template.label })} title={t('blocks_note')} checked={blocks} disabled={!watched}
                        onChange={(event) => onChange(template, { blocks: event.currentTarget.checked })}
                      />
                    </td>
                    <td>{config && config.openIncidents > 0 ? config.openIncidents : <span className={classes.quiet}>–</span>}</td>
                    <td className={classes.quiet}>
                      {config ? <>{config.updatedBy.name} · <DateTime at={config.updatedAt} show="relative" /></> : t('fields.never')}
                    </td>
                  </tr>
                )
              })}
            </Fragment>
          ))}
        </tbody>
      </table>
      <p className={classes.quiet}>{t('fields.note')}</p>
    </div>
  )
}
