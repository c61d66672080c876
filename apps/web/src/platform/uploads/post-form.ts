import type { UploadTicket } from '@aliquot/contracts'
import { ApiProblem } from '../problem.ts'

export const storeUnreachable = 'network.store_unreachable'

type Form = UploadTicket['upload']

/** Sends the file to the store. XMLHttpRequest, since fetch does not tell how much was sent. Rejects with an ApiProblem. */
export function postForm({ url, fields }: Form, file: File, onProgress: (part: number) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.append(name, value)
    form.append('file', file)
    const request = new XMLHttpRequest()
    const abort = () => request.abort()
    request.open('POST', url)
    request.upload.onprogress = ({ loaded, total, lengthComputable }) => lengthComputable && onProgress(loaded / total)
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve()
      else reject(new ApiProblem({ status: request.status, code: 'storage.refused', title: 'The store did not accept the file' }))
    }
    // A store elsewhere that refuses without CORS headers ends here as well: a script cannot tell it from a lost connection.
    request.onerror = () => reject(new ApiProblem({ status: 0, code: storeUnreachable, title: 'No connection to the store', detail: file.name }))
    request.onabort = () => reject(new DOMException('Aborted', 'AbortError'))
    request.onloadend = () => signal.removeEventListener('abort', abort)
    if (signal.aborted) return reject(new DOMException('Aborted', 'AbortError'))
    signal.addEventListener('abort', abort)
    request.send(form)
  })
}
