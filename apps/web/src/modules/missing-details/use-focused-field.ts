import { useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { focusSearch } from '../../platform/url-state.ts'

/** Where a detail is mended in another input than the one of its name. */
const elsewhere: Record<string, string> = { birthDateEstimated: 'birthDate', icd: 'icd.0.code', insuranceGroup: 'insuranceList.0.insuranceGroupId' }

/** The path of the input in its form. */
export const inputOf = (field: string): string => elsewhere[field] ?? field

/** Puts the focus into the field that the address names, once its form is there. */
export function useFocusedField(): void {
  const { focus } = focusSearch.parse(useSearch({ strict: false }))
  useEffect(() => {
    if (!focus) return
    // After the form has given the focus to its own first field.
    const frame = requestAnimationFrame(() => {
      const input = document.querySelector<HTMLElement>(`[data-path="${CSS.escape(inputOf(focus))}"]`)
      input?.focus()
      if (input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement) input.select()
      input?.scrollIntoView({ block: 'center' })
    })
    return () => cancelAnimationFrame(frame)
  }, [focus])
}
