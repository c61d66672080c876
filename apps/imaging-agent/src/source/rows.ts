import type { CardOwner, ImageRow, PatientRow } from './source.ts'

type Row = Readonly<Record<string, unknown>>

export const patientOf = (row: Row): PatientRow => ({
  patientId: Number(row.PatientId), cardId: filled(row.CardId), lastName: filled(row.LastName) ?? '', firstName: filled(row.FirstName) ?? '',
  birthDate: dayOf(row.Birthday), isDeleted: isTrue(row.IsDeleted),
})

export const imageOf = (row: Row): ImageRow => ({
  imageId: Number(row.MediaBaseId), patientId: filled(row.PatientId) === null ? null : Number(row.PatientId), name: filled(row.Name),
  isDeleted: isTrue(row.IsDeleted), isHidden: isTrue(row.IsHidden), isOutsourced: filled(row.OutsourcedFile) !== null,
})

export const ownerOf = (row: Row): CardOwner => ({ cardId: filled(row.CardId) ?? '', patientId: Number(row.PatientId) })

/** Null, empty and blank are one. */
const filled = (value: unknown): string | null => {
  const text = value === null || value === undefined ? '' : String(value as string | number).trim()
  return text === '' || text === 'NULL' ? null : text
}

const isTrue = (value: unknown): boolean => value === true || value === 1 || (typeof value === 'string' && /^(1|true|yes|-1)$/i.test(value.trim()))

/** A DATETIME, which mssql reads as UTC, or the text of an export: `1985-03-12 00:00:00.000`, `19850312`, `12.03.1985`. */
export const dayOf = (value: unknown): string | null => {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString().slice(0, 10)
  const text = filled(value) ?? ''
  const [, year, month, day] = /^(\d{4})-?(\d\d)-?(\d\d)(?:[ T].*)?$/.exec(text) ?? []
  if (year) return `${year}-${month}-${day}`
  const [, dayFirst, monthSecond, yearLast] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?: .*)?$/.exec(text) ?? []
  return dayFirst && monthSecond ? `${yearLast}-${monthSecond.padStart(2, '0')}-${dayFirst.padStart(2, '0')}` : null
}
