import { Refused } from '../server/ask.ts'
import { markSending, markUploaded, resolvedAfter, setAside, unsettle, type Addressed } from '../state/images.ts'
import type { Send } from '../upload/bucket.ts'
import { FileChanged, sendImage } from '../upload/image-file.ts'
import { inParallel } from './in-parallel.ts'
import type { Tools } from './tools.ts'

/** Sends the next page of resolved images; null when there are none behind `after`, else the last path. */
export async function sendPage(tools: Tools, after: string): Promise<string | null> {
  const { state, bucket, settings, signal } = tools
  const images = resolvedAfter(state, after, bucket.page)
  const last = images.at(-1)
  if (!last) return null
  const sends = await bucket.prepare(images)
  // Written down first: after a crash the bucket is asked before anything is sent again.
  markSending(state, images.map(({ path }) => path))
  const uploaded: string[] = []
  try {
    await inParallel(images.map((image, at) => [image, sends[at]] as const), settings.uploads, async ([image, send]) => {
      if (!signal.aborted && await deliver(tools, image, send ?? null)) uploaded.push(image.path)
    })
  } finally {
    markUploaded(state, uploaded)
  }
  return last.path
}

/** Whether the bucket has it now. */
async function deliver({ state, settings, log, onSent }: Tools, image: Addressed, send: Send | Refused | null): Promise<boolean> {
  try {
    if (send instanceof Refused) throw send
    if (send) await sendImage(settings.pdata, image, send)
    onSent(send ? image.size : 0)
    log.debug({ image: image.path, key: image.key, there: send === null }, 'the bucket has it')
    return true
  } catch (error) {
    if (error instanceof FileChanged) unsettle(state, image.path)
    else if (error instanceof Refused) setAside(state, image.path, { reason: 'refused', detail: error.message }, null, image.sha256)
    else throw error
    return false
  }
}
