import { openReportLink, urlOf } from '@aliquot/contracts'
import { problemOf, unreachable } from '../../../platform/problem.ts'

/** The report behind a link. Rejects with an ApiProblem. */
export async function openLink(token: string, birthDate: string | undefined): Promise<Blob> {
  const response = await fetch(urlOf(openReportLink, { params: { token } }), {
    method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/pdf, application/problem+json' },
    body: JSON.stringify(birthDate ? { birthDate } : {}),
  }).catch((error: unknown) => {
    throw unreachable(error)
  })
  if (!response.ok) throw await problemOf(response)
  return response.blob()
}
