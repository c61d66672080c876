import type { DeviceProfile } from '@aliquot/contracts'
import { ActionIcon, Button, Checkbox, TextInput } from '@mantine/core'
import { IconArrowRight, IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './profiles.module.css'

interface WordListProps {
  words: DeviceProfile['words']
  onChange: (words: DeviceProfile['words']) => void
}

/** What the instrument says in words, and what stands in the report for it. */
export function WordList({ words, onChange }: WordListProps) {
  const { t } = useTranslation('devices')
  const change = (at: number, next: Partial<(typeof words)[number]>) => onChange(words.map((each, index) => (index === at ? { ...each, ...next } : each)))
  return (
    <fieldset className={classes.list}>
      <legend>{t('profile.word_list')}</legend>
      <p className={classes.quiet}>{t('profile.word_list_about')}</p>
      {words.map(({ from, to }, at) => (
        <div key={at} className={classes.word}>
          <TextInput
            aria-label={t('profile.word_from')} maxLength={80} value={from} placeholder="NEG" classNames={{ input: classes.mono ?? '' }}
            onChange={(event) => change(at, { from: event.currentTarget.value })}
          />
          <IconArrowRight size={15} aria-hidden />
          <TextInput
            aria-label={t('profile.word_to')} maxLength={80} value={to ?? ''} placeholder={to === null ? '–' : 'Negative'} disabled={to === null}
            onChange={(event) => change(at, { to: event.currentTarget.value })}
          />
          <Checkbox
            label={t('profile.no_result')} checked={to === null} onChange={(event) => change(at, { to: event.currentTarget.checked ? null : '' })}
          />
          <ActionIcon variant="subtle" color="gray" aria-label={t('profile.remove')} onClick={() => onChange(words.toSpliced(at, 1))}>
            <IconX size={15} />
          </ActionIcon>
        </div>
      ))}
      <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={() => onChange([...words, { from: '', to: '' }])}>
        {t('profile.add_word')}
      </Button>
    </fieldset>
  )
}
