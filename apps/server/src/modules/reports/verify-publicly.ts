import type { PublicVerification } from '@aliquot/contracts'
import { lookup } from '#platform/db'
import { platformErrors } from '#platform/errors'

type Found = Omit<PublicVerification, 'patientInitials' | 'current' | 'issuedAs'> & {
  fullName: string
  issuedAs: { fullName: string; birthYear: number } | null
}

/** Is a printed report genuine, and is it the latest that was issued? Nothing of its results is told. */
export async function verifyPublicly(token: string, amendment: number): Promise<PublicVerification> {
  const [row] = await lookup<{ found: Found | null }>('select reports.verification($1) as found', [token])
  if (!row?.found) throw platformErrors.not_found({ thing: 'report' })
  const { fullName, issuedAs, ...found } = row.found
  return {
    ...found, patientInitials: initialsOf(fullName),
    issuedAs: issuedAs && { patientInitials: initialsOf(issuedAs.fullName), birthYear: issuedAs.birthYear },
    current: found.status === 'signed' && amendment === found.amendment,
  }
}

/** "Asha Rao" → "A. R.", in any script. */
export const initialsOf = (name: string): string => name.trim().split(/\s+/).slice(0, 4).map((part) => `${[...part][0] ?? ''}.`).join(' ')
