import type { DictionaryEntry } from '@aliquot/contracts'
import { Combobox, InputBase, useCombobox, type InputBaseProps } from '@mantine/core'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { matchParameters } from './guess-parameter.ts'
import classes from './mapping.module.css'

interface ParameterPickerProps extends Pick<InputBaseProps, 'size' | 'error' | 'disabled' | 'label' | 'description' | 'withAsterisk' | 'leftSection'> {
  entries: readonly DictionaryEntry[]
  value: string | null
  onPick: (entry: DictionaryEntry) => void
  /** Shown in grey while nothing is typed; Enter takes it. */
  guess?: DictionaryEntry | null
  placeholder?: string
  'aria-label'?: string
  'data-unmapped'?: boolean
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void
}

/** Chooses a parameter of the catalogue by typing a part of its code or name. */
export function ParameterPicker({ entries, value, onPick, guess = null, placeholder, onKeyDown, ...input }: ParameterPickerProps) {
  const { t } = useTranslation('devices')
  const [typed, setTyped] = useState<string | null>(null)
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const known = entries.find(({ code }) => code === value)
  const offers = combobox.dropdownOpened ? matchParameters(typed ?? '', entries) : []
  const choose = (code: string) => {
    const picked = entries.find((entry) => entry.code === code)
    if (picked) onPick(picked)
    setTyped(null)
    combobox.closeDropdown()
  }
  return (
    <Combobox store={combobox} onOptionSubmit={choose} shadow="md">
      <Combobox.Target>
        <InputBase
          {...input} value={typed ?? (value === null ? '' : nameOf(known, value))} placeholder={guess ? nameOf(guess, guess.code) : placeholder} autoComplete="off" spellCheck={false}
          rightSection={<Combobox.Chevron />} rightSectionPointerEvents="none"
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            combobox.openDropdown()
            // The options of the new text are on screen after this render only.
            requestAnimationFrame(() => combobox.selectFirstOption())
          }}
          onClick={() => combobox.openDropdown()}
          onFocus={(event) => event.currentTarget.select()}
          onKeyDown={(event) => {
            onKeyDown?.(event)
            if (event.defaultPrevented || event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return
            // Enter chooses; it never sends the form.
            event.preventDefault()
            if (typed === null && guess && combobox.getSelectedOptionIndex() < 0) choose(guess.code)
            else if (typed !== null && combobox.getSelectedOptionIndex() < 0 && offers[0]) choose(offers[0].code)
          }}
          onBlur={() => {
            combobox.closeDropdown()
            setTyped(null)
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={320} style={{ overflowY: 'auto' }}>
          {offers.map((offer) => (
            <Combobox.Option key={offer.code} value={offer.code}>
              <div>{offer.name} <span className={classes.code}>{offer.code}</span></div>
              <div className={classes.hint}>
                {[offer.unit, offer.tests.map((test) => test.name).slice(0, 3).join(', ')].filter(Boolean).join(' · ')}
              </div>
            </Combobox.Option>
          ))}
          {offers.length === 0 && <Combobox.Empty>{t('mapping.no_parameter')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

const nameOf = (entry: DictionaryEntry | undefined, code: string) => (entry ? `${entry.name} · ${entry.code}` : code)
