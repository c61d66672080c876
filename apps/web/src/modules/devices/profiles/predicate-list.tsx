import type { Predicate } from '@aliquot/contracts'
import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './profiles.module.css'
import { conditionOf, isExpression, isValuePath, predicateOf, type Condition } from './value-paths.ts'

interface PredicateListProps {
  label: string
  about: string
  add: string
  value: readonly Predicate[]
  onChange: (value: Predicate[]) => void
}

const conditions: readonly Condition[] = ['equals', 'matches', 'empty', 'filled']

/** Conditions of which one is enough. */
export function PredicateList({ label, about, add, value, onChange }: PredicateListProps) {
  const { t } = useTranslation('devices')
  return (
    <fieldset className={classes.list}>
      <legend>{label}</legend>
      <p className={classes.quiet}>{about}</p>
      {value.map((predicate, at) => (
        <PredicateRow
          key={at} predicate={predicate} onChange={(next) => onChange(value.map((each, index) => (index === at ? next : each)))}
          onRemove={() => onChange(value.toSpliced(at, 1))}
        />
      ))}
      <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={() => onChange([...value, { path: '', equals: [] }])}>
        {t(value.length > 0 ? 'profile.or' : 'profile.add', { what: add })}
      </Button>
    </fieldset>
  )
}

function PredicateRow({ predicate, onChange, onRemove }: { predicate: Predicate; onChange: (next: Predicate) => void; onRemove: () => void }) {
  const { t } = useTranslation('devices')
  const condition = conditionOf(predicate)
  const text = condition === 'matches' ? predicate.matches ?? '' : (predicate.equals ?? []).join(', ')
  const [typed, setTyped] = useState<string | null>(null)
  const { path } = predicate
  return (
    <div className={classes.predicate}>
      <TextInput
        aria-label={t('profile.path')} placeholder="O-12" spellCheck={false} classNames={{ input: classes.mono ?? '' }} value={path}
        error={path !== '' && !isValuePath(path)}
        onChange={(event) => onChange(predicateOf(predicate, event.currentTarget.value.trim(), condition, text))}
      />
      <NativeSelect
        aria-label={t('profile.condition')} value={condition} data={conditions.map((each) => ({ value: each, label: t(`condition.${each}`) }))}
        onChange={(event) => onChange(predicateOf(predicate, path, event.currentTarget.value as Condition, text))}
      />
      {condition === 'empty' || condition === 'filled' ? <span /> : (
        <TextInput
          aria-label={t('profile.words')} spellCheck={false} placeholder={condition === 'matches' ? '^QC' : t('profile.words_sample')}
          classNames={{ input: classes.mono ?? '' }} value={typed ?? text}
          error={condition === 'matches' && !isExpression(text)}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            onChange(predicateOf(predicate, path, condition, event.currentTarget.value))
          }}
          onBlur={() => setTyped(null)}
        />
      )}
      <ActionIcon variant="subtle" color="gray" aria-label={t('profile.remove')} onClick={onRemove}><IconX size={15} /></ActionIcon>
      {(predicate.where ?? predicate.and) && <span className={classes.more}>{t('profile.more_json')}</span>}
    </div>
  )
}
