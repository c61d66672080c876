import { getDownloadLink } from '@aliquot/contracts'
import { call } from './api.ts'
import { ApiProblem } from './problem.ts'
import { toastProblem } from './toast.tsx'

/**
 * Opens a stored file beside, or what was uploaded where that was changed. The window is opened at once, since a browser allows that only in
 * answer to a click.
 */
export async function openObject(objectId: number, original = false): Promise<void> {
  const beside = window.open('', '_blank')
  try {
    const { url } = await call(getDownloadLink, { params: { objectId }, query: original ? { original } : {} })
    if (beside) {
      beside.opener = null
      beside.location.href = url
    } else location.assign(url)
  } catch (problem) {
    beside?.close()
    if (!(problem instanceof ApiProblem)) throw problem
    toastProblem(problem)
  }
}
