import type { Extract } from '@aliquot/contracts'
import { Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './profiles.module.css'
import { isExpression, isValuePath, pathsIn } from './value-paths.ts'

interface ExtractFieldProps {
  label: string
  description?: string
  value: Extract | null
  /** Must be somewhere; without it an empty field means "the instrument does not say". */
  needed?: boolean
  onChange: (value: Extract | null) => void
}

/** Where something stands: the first of these places that is not empty, and what of it. */
export function ExtractField({ label, description, value, needed = false, onChange }: ExtractFieldProps) {
  const { t } = useTranslation('devices')
  const [typed, setTyped] = useState<string | null>(null)
  const paths = value?.from ?? []
  const wrong = paths.filter((path) => !isValuePath(path))
  const put = (from: string[], rest: Omit<Extract, 'from'>) => onChange(from.length === 0 && !needed ? null : { from, ...rest })
  const { from: _from, ...rest } = value ?? { from: [] }
  const { match: _match, ...withoutMatch } = rest
  const { dropLeadingZeros: _zeros, ...withoutZeros } = rest
  const { match = '' } = rest
  const more = rest.join !== undefined || rest.where !== undefined
  return (
    <div className={classes.extract}>
      <TextInput
        label={label} description={description} withAsterisk={needed} spellCheck={false} classNames={{ input: classes.mono ?? '' }}
        placeholder={needed ? undefined : t('profile.not_said')}
        value={typed ?? paths.join(', ')}
        error={wrong.length > 0 ? t('profile.no_path', { path: wrong[0] }) : needed && paths.length === 0 ? t('form.missing') : null}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          put(pathsIn(event.currentTarget.value), rest)
        }}
        onBlur={() => setTyped(null)}
      />
      <TextInput
        label={t('profile.match')} description={more ? t('profile.more_json') : undefined} spellCheck={false}
        classNames={{ input: classes.mono ?? '' }} maxLength={120} value={match} placeholder={t('profile.match_all')} disabled={value === null}
        error={isExpression(match) ? null : t('profile.no_expression')}
        onChange={(event) => put(paths, event.currentTarget.value ? { ...rest, match: event.currentTarget.value } : withoutMatch)}
      />
      <Checkbox
        label={t('profile.zeros')} checked={rest.dropLeadingZeros ?? false} disabled={value === null}
        onChange={(event) => put(paths, event.currentTarget.checked ? { ...rest, dropLeadingZeros: true } : withoutZeros)}
      />
    </div>
  )
}
