import { Alert, Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Entry } from './use-molecular-entry.ts'
import classes from './entry.module.css'

/** What somebody else saved meanwhile, where one was typing: which counts is asked, never guessed. */
export function Conflicts({ entry }: { entry: Entry }) {
  const { t } = useTranslation('molecularEntry')
  if (entry.conflicts.length === 0) return null
  const nameOf = (field: string): string => {
    const [kind = '', key = '', drug] = field.split('/')
    if (kind === 'c') return key
    const target = entry.sheet.lines.find((line) => line.target.key === key)?.target.name ?? t('growth.label')
    const antibiotic = entry.entry.plan.antibiotics.find(({ id }) => id === Number(drug))?.name
    return (kind === 's' || kind === 'm') && antibiotic ? `${antibiotic} · ${target}` : target
  }
  return (
    <Alert color="orange" title={t('conflict.title')}>
      {entry.conflicts.map(({ field, mine, theirs }) => (
        <div key={field} className={classes.inline}>
          <span>{t('conflict.line', { name: nameOf(field), mine: mine || '–', theirs: theirs || '–' })}</span>
          <Button size="compact-sm" variant="default" onClick={() => entry.keepMine(field)}>{t('conflict.mine')}</Button>
          <Button size="compact-sm" variant="default" onClick={() => entry.takeTheirs(field)}>{t('conflict.theirs')}</Button>
        </div>
      ))}
    </Alert>
  )
}
