import { problemOf, unreachable } from './problem.ts'

/** The bytes of a document. Rejects with an ApiProblem: a refusal arrives as the server's own words. */
export async function fetchFile(url: string, signal: AbortSignal): Promise<Blob> {
  const response = await fetch(url, { signal, headers: { accept: 'application/pdf, application/problem+json' } }).catch((error: unknown) => {
    throw signal.aborted ? error : unreachable(error)
  })
  if (!response.ok) throw await problemOf(response)
  return response.blob()
}
