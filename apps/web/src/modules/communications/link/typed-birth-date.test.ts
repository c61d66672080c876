import { expect, it } from 'vitest'
import { typedBirthDate } from './typed-birth-date.ts'

it('understands a birth date as people type it', () => {
  const today = new Date('2026-06-01')
  const typed = ['31/12/1985', '1.2.85', '01-02-26', '1-2-27', '1985-12-31', ' 5 6 2001 '].map((text) => typedBirthDate(text, today))
  expect(typed).toEqual(['1985-12-31', '1985-02-01', '2026-02-01', '1927-02-01', '1985-12-31', '2001-06-05'])
  expect(['', '31/2/1985', '1985', 'a/b/c', '1/13/1985', '1/1/1700'].map((text) => typedBirthDate(text, today))).toEqual(Array(6).fill(null))
})
