import { noteImageUploads, reportSkipped, type ResponseOf } from '@aliquot/contracts'
import { hash } from 'node:crypto'
import { askServer } from '../server/ask.ts'
import { markAnnounced, setAside, skippedAfter, skippedByReason, undecidedAfter, uploadedAfter, type Sent } from '../state/images.ts'
import type { Tools } from './tools.ts'

type Answer = ResponseOf<typeof noteImageUploads>['images'][number]

const mostImages = 500
const mostSkipped = 1000

/** Tells the lab of images that the bucket has. Where there is no server to tell, the listing of the bucket finds them. */
export async function announce(tools: Tools): Promise<void> {
  const { state, settings: { server } } = tools
  for (let after = ''; !tools.signal.aborted;) {
    const images = uploadedAfter(state, after, mostImages)
    const last = images.at(-1)
    if (!last) return
    if (server) await tell(tools, images)
    else state.together(() => images.forEach(({ path }) => markAnnounced(state, path, null)))
    after = last.path
  }
}

/** Asks what became of images that the lab had not looked at when it was told of them. */
export async function followUp(tools: Tools): Promise<void> {
  if (!tools.settings.server) return
  for (let after = ''; !tools.signal.aborted;) {
    const images = undecidedAfter(tools.state, after, mostImages)
    const last = images.at(-1)
    if (!last) return
    await tell(tools, images)
    after = last.path
  }
}

async function tell({ state, settings: { server, clinicId } }: Tools, images: readonly Sent[]): Promise<void> {
  if (!server) return
  const answer = await askServer('bucket', server, noteImageUploads,
    { clinicId, images: images.map(({ key, name }) => ({ key, ...(name && { name }) })) })
  const answers = new Map(answer.images.map((one) => [one.key, one]))
  state.together(() => {
    for (const { path, key } of images) take(state, path, answers.get(key))
  })
}

/** An image that the answer leaves out is asked about again. */
function take(state: Tools['state'], path: string, answer: Answer | undefined): void {
  if (answer?.state === 'set_aside') setAside(state, path, { reason: 'by_the_lab',
    detail: [answer.reason, answer.detail].filter(Boolean).join(': ') }, null)
  else if (answer?.state === 'gone') setAside(state, path, { reason: 'removed_by_lab', detail: answer.detail ?? '' }, null)
  else if (answer) markAnnounced(state, path, answer.state)
}

/** Tells the lab what was left out and why; only when that is not what it was told last. */
export async function tellSkipped({ state, settings: { server, clinicId } }: Tools): Promise<void> {
  if (!server) return
  const total = skippedByReason(state).reduce((sum, { count }) => sum + count, 0)
  const files = skippedAfter(state, { limit: mostSkipped })
    .map(({ file, reason, detail }) => ({ file: clean(file).slice(-500), reason, ...(detail && { detail: clean(detail).slice(0, 300) }) }))
  const told = hash('sha256', JSON.stringify([total, files]))
  if (state.fact('skipped_told') === told) return
  await askServer('bucket', server, reportSkipped, { clinicId, total, files })
  state.remember('skipped_told', told)
}

/** File names may hold what a line of text may not. */
const clean = (text: string): string => text.replace(/\p{Cc}/gu, '?').toWellFormed()
