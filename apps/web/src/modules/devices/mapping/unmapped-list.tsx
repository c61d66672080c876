import type { DictionaryEntry, TestMapping, UnmappedCode } from '@aliquot/contracts'
import { Button } from '@mantine/core'
import { IconBan } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { DateTime, KeyHint } from '../../../ui/index.ts'
import { guessParameter } from './guess-parameter.ts'
import classes from './mapping.module.css'
import { ParameterPicker } from './parameter-picker.tsx'

interface UnmappedListProps {
  codes: readonly UnmappedCode[]
  dictionary: readonly DictionaryEntry[]
  onMap: (mapping: TestMapping) => void
}

/** Codes that came and that nobody knows: Enter takes the parameter that is offered, Delete says that the code is not wanted, and the next is current. */
export function UnmappedList({ codes, dictionary, onMap }: UnmappedListProps) {
  const { t } = useTranslation('devices')
  const list = useRef<HTMLUListElement>(null)
  const map = (at: number, mapping: TestMapping) => {
    onMap(mapping)
    // The line leaves; the one that takes its place gets the focus.
    requestAnimationFrame(() => {
      const fields = list.current?.querySelectorAll<HTMLInputElement>('[data-unmapped]')
      fields?.[Math.min(at, fields.length - 1)]?.focus()
    })
  }
  return (
    <section className={classes.unmapped} aria-label={t('mapping.unmapped')}>
      <header className={classes.head}>
        <h2 className={classes.heading}>{t('mapping.unmapped_count', { count: codes.length })}</h2>
        <span className={classes.quiet}>
          {t('mapping.unmapped_about')} <KeyHint keys="enter" /> {t('mapping.takes')} <KeyHint keys="Del" /> {t('mapping.refuses')}
        </span>
      </header>
      <ul ref={list} className={classes.codes}>
        {codes.map(({ testCode, count, lastAt, examples, unit }, at) => {
          const guess = guessParameter(testCode, dictionary)
          const refuse = () => map(at, { code: testCode, parameter: null })
          const take = (entry: DictionaryEntry) => map(at, { code: testCode, parameter: entry.code, ...(unit ? { unit } : {}) })
          return (
            <li key={testCode}>
              <div className={classes.seen}>
                <b className={classes.code}>{testCode}</b>
                <span className={classes.hint}>{t('mapping.seen', { count })} · <DateTime at={lastAt} show="relative" /></span>
              </div>
              <span className={classes.examples} title={examples.join(', ')}>
                {examples.slice(0, 4).map((value) => [value, unit].filter(Boolean).join(' ')).join(', ')}
              </span>
              <ParameterPicker
                data-unmapped aria-label={t('mapping.parameter_of', { code: testCode })} entries={dictionary} value={null} guess={guess} placeholder={t('mapping.search')} onPick={take}
                onKeyDown={(event) => {
                  if (event.key !== 'Delete' || event.currentTarget.value !== '') return
                  event.preventDefault()
                  refuse()
                }}
              />
              <div className={classes.choices}>
                <Button size="xs" disabled={!guess} tabIndex={-1} onClick={() => guess && take(guess)}>{t('mapping.map')}</Button>
                <Button size="xs" variant="default" tabIndex={-1} leftSection={<IconBan size={14} />} onClick={refuse}>
                  {t('mapping.not_wanted')}
                </Button>
              </div>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
