import { reconcileUpload, reserveUpload, type FileCategory, type StoredObject, type UploadTicket } from '@aliquot/contracts'
import { call } from '../api.ts'
import { ApiProblem } from '../problem.ts'
import { contentTypeOf } from './acceptable.ts'
import { postForm } from './post-form.ts'

export interface About {
  category: FileCategory
  patientId: number | null
}

export interface Sending {
  signal: AbortSignal
  /** 0 to 1, of the bytes sent. */
  onProgress: (part: number) => void
  /** The form of an earlier try: it may have arrived although nobody heard so. */
  ticket?: UploadTicket | null
  onTicket?: (ticket: UploadTicket) => void
}

/** The steps as the server and the store do them. */
const wire = {
  reserve: (file: File, { category, patientId }: About, signal: AbortSignal) => call(
    reserveUpload, { body: { fileName: file.name.slice(-200), contentType: contentTypeOf(file), size: file.size, category, patientId } }, { signal },
  ),
  post: postForm,
  reconcile: (filePath: string, signal: AbortSignal) => call(reconcileUpload, { body: { filePath } }, { signal }),
}
export type Wire = typeof wire

/** A form this old is not worth a start: sending takes a while. */
const leastLife = 15_000
const mostForms = 3

/**
 * Brings a file into the store: reserve, send, reconcile. Given the ticket of an earlier try it asks first whether that one arrived,
 * so however often it is called, the file is stored once. Rejects with an ApiProblem.
 */
export async function sendFile(file: File, about: About, sending: Sending, steps: Wire = wire): Promise<StoredObject> {
  const { signal, onProgress, onTicket } = sending
  let ticket = sending.ticket ?? null
  for (let forms = 0; ; forms++) {
    if (ticket) {
      const arrived = await arrivedBy(ticket, signal, steps)
      if (arrived) return arrived
      if (forms > 0 || Date.parse(ticket.expiresAt) - Date.now() < leastLife) ticket = null
    }
    ticket ??= await steps.reserve(file, about, signal)
    onTicket?.(ticket)
    try {
      await steps.post(ticket.upload, file, onProgress, signal)
      return await steps.reconcile(ticket.filePath, signal)
    } catch (problem) {
      // Used before or too old: it is asked for once more, and then another form.
      if (!(problem instanceof ApiProblem && isFormRefusal(problem)) || forms + 1 === mostForms) throw problem
    }
  }
}

/** The store answers 400 or 403 to a form that it does not take; a file that arrived and is wrong is another matter. */
const isFormRefusal = ({ code, status }: ApiProblem): boolean =>
  (code === 'storage.refused' && status < 500) || code === 'storage.not_uploaded' || code === 'storage.upload_expired'

async function arrivedBy({ filePath }: UploadTicket, signal: AbortSignal, steps: Wire): Promise<StoredObject | null> {
  try {
    return await steps.reconcile(filePath, signal)
  } catch (problem) {
    if (problem instanceof ApiProblem && (isFormRefusal(problem) || problem.status === 404)) return null
    throw problem
  }
}
