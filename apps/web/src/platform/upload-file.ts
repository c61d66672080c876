import type { StoredObject, UploadTicket } from '@aliquot/contracts'
import { keepTrying } from './uploads/keep-trying.ts'
import { refusalProblem } from './uploads/refusal-problem.ts'
import { sendFile, type About } from './uploads/send-file.ts'

interface Watch {
  /** 0 to 1, of the bytes sent. */
  onProgress?: (part: number) => void
  /** The connection is lost; it goes on when it is back. */
  onWait?: (waiting: boolean) => void
  signal?: AbortSignal
}

/** Brings one file into the store, for the field that shows it. Its check follows by itself. Rejects with an ApiProblem. */
export async function uploadFile(file: File, about: About, watch: Watch = {}): Promise<StoredObject> {
  const { onProgress = () => {}, onWait = () => {}, signal = new AbortController().signal } = watch
  const refusal = refusalProblem(file)
  if (refusal) throw refusal
  let ticket: UploadTicket | null = null
  const onTicket = (next: UploadTicket) => void (ticket = next)
  return keepTrying(() => sendFile(file, about, { signal, onProgress, ticket, onTicket }), { signal, onWait })
}
