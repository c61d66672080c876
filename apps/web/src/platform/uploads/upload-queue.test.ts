import type { ReportState, StoredObject, UploadFileBody, UploadTicket } from '@aliquot/contracts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiProblem } from '../problem.ts'
import type { Kept, Target } from './upload-job.ts'
import { uploadQueue } from './upload-queue.ts'

const lost = new ApiProblem({ status: 0, code: 'network.unreachable', title: 'lost' })
const stale = new ApiProblem({ status: 409, code: 'platform.stale_version', title: 'stale' })
const target = (reportId: number): Target => ({ reportId, version: 3, patient: { id: 9, fullName: 'Asha Rao', number: 'P-9' }, test: 'MRI' })
const scan = (name = 'scan.pdf', size = 8) => new File(['x'.repeat(size)], name, { type: 'application/pdf' })

/** The server, the store and this computer's disk in memory; `net` says what happens to the next calls. */
function lab() {
  const shelf = new Map<string, Kept>()
  const attached: UploadFileBody[] = []
  const sent: string[] = []
  const net = { send: [] as (Error | null)[], attach: [] as (Error | 'answer lost' | null)[], most: 0 }
  let now = 0
  let id = 0
  const stateOf = (reportId: number): ReportState => ({ id: reportId, version: 4, file: { object: { id: 1 } } }) as ReportState
  const queue = () => uploadQueue({
    shelf: { all: async () => [...shelf.values()], put: async (kept) => void shelf.set(kept.key, kept), remove: async (key) => void shelf.delete(key) },
    send: async (file, _about, { ticket, onTicket, onProgress, signal }) => {
      const filePath = ticket?.filePath ?? `tmp/lab/${++id}`
      onTicket?.({ objectId: id, filePath, upload: { url: '', fields: {} }, expiresAt: '' } satisfies UploadTicket)
      net.most = Math.max(net.most, ++now)
      await new Promise((resolve) => setTimeout(resolve, 100))
      now--
      signal.throwIfAborted()
      onProgress(0.5)
      const broken = net.send.shift()
      if (broken) throw broken
      sent.push(file.name)
      return { id } as StoredObject
    },
    attach: async (body) => {
      const broken = net.attach.shift()
      if (broken instanceof Error) throw broken
      const before = attached.find(({ labReportId }) => labReportId === body.labReportId)
      if (before?.initialFilePath === body.initialFilePath) return stateOf(body.labReportId)
      if (body.version !== (before ? 4 : 3)) throw stale
      attached.push(body)
      if (broken === 'answer lost') throw lost
      return stateOf(body.labReportId)
    },
    look: async (reportId) => stateOf(reportId),
    claim: async () => () => {},
    claimed: async () => new Set<string>(),
    onAttached: () => {},
  })
  return { queue, shelf, attached, sent, net }
}

describe('the queue of uploads', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())
  const after = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000)

  it('sends, attaches and forgets the bytes', async () => {
    const { queue, shelf, attached } = lab()
    const uploads = queue()
    uploads.add(target(1), [scan()])
    await after(0.05)
    expect(shelf.size).toBe(1)
    await after(1)
    expect(attached).toEqual([{ labReportId: 1, version: 3, initialFilePath: 'tmp/lab/1' }])
    expect(uploads.jobs()).toMatchObject([{ state: 'checking', object: { id: 1 } }])
    expect(shelf.size).toBe(0)
  })

  it('makes one report of several files in their order', async () => {
    const { queue, attached } = lab()
    queue().add({ ...target(1), letterhead: 'own' }, [scan('a.pdf'), scan('b.pdf'), scan('c.pdf')])
    await after(1)
    expect(attached).toEqual([{ labReportId: 1, version: 3, letterhead: 'own', initialFilePath: ['tmp/lab/1', 'tmp/lab/2', 'tmp/lab/3'] }])
  })

  it('waits for the connection and goes on by itself', async () => {
    const { queue, net, attached } = lab()
    net.send = [lost, lost, null]
    const uploads = queue()
    uploads.add(target(1), [scan()])
    await after(0.5)
    expect(uploads.jobs()[0]?.state).toBe('waiting')
    await after(10)
    expect(uploads.jobs()[0]?.state).toBe('checking')
    expect(attached).toHaveLength(1)
  })

  it('attaches once although the answer was lost', async () => {
    const { queue, net, attached } = lab()
    net.attach = ['answer lost']
    const uploads = queue()
    uploads.add(target(1), [scan()])
    await after(10)
    expect(attached).toHaveLength(1)
    expect(uploads.jobs()[0]?.state).toBe('checking')
  })

  it('takes no second upload for a report while one is on its way', async () => {
    const { queue, attached } = lab()
    const uploads = queue()
    expect(uploads.add(target(1), [scan()])).not.toBeNull()
    expect(uploads.add(target(1), [scan()])).toBeNull()
    await after(1)
    expect(attached).toHaveLength(1)
  })

  it('sends three files at a time', async () => {
    const { queue, net, attached } = lab()
    const uploads = queue()
    for (let id = 1; id <= 9; id++) uploads.add(target(id), [scan()])
    await after(2)
    expect(net.most).toBe(3)
    expect(attached).toHaveLength(9)
  })

  it('offers to go on after a crash, without sending what had arrived', async () => {
    const { queue, net, sent, shelf, attached } = lab()
    const before = queue()
    await before.ownedBy('1:2')
    net.attach = [lost, lost, lost, lost, lost, lost]
    before.add(target(1), [scan()])
    await after(2)
    expect([...shelf.values()]).toMatchObject([{ owner: '1:2', parts: [{ filePath: 'tmp/lab/1' }] }])

    net.attach = []
    const reloaded = queue()
    await reloaded.ownedBy('1:3')
    expect(reloaded.jobs()).toEqual([])
    await reloaded.ownedBy('1:2')
    const [job] = reloaded.jobs()
    expect(job?.state).toBe('interrupted')
    await Promise.all([reloaded.goOn(job?.key ?? ''), after(1)])
    expect(reloaded.jobs()[0]?.state).toBe('checking')
    expect(sent).toEqual(['scan.pdf'])
    expect(attached).toHaveLength(1)
  })

  it('says what failed, and goes on when asked to', async () => {
    const { queue, net, attached } = lab()
    net.send = [new ApiProblem({ status: 500, code: 'http.500', title: 'Something went wrong' })]
    const uploads = queue()
    const key = uploads.add(target(1), [scan()]) ?? ''
    await after(1)
    expect(uploads.jobs()[0]).toMatchObject({ state: 'failed', problem: { message: 'Something went wrong' } })
    await Promise.all([uploads.goOn(key), after(1)])
    expect(attached).toHaveLength(1)
  })

  it('forgets what no other try would help', async () => {
    const { queue, net, shelf } = lab()
    net.send = [new ApiProblem({ status: 422, code: 'storage.content_mismatch', title: 'This is no PDF' })]
    const uploads = queue()
    uploads.add(target(1), [scan()])
    await after(1)
    expect(uploads.jobs()[0]).toMatchObject({ state: 'refused', problem: { message: 'This is no PDF' } })
    expect(shelf.size).toBe(0)
  })

  it('replaces nobody else\'s work unseen, and goes on once somebody wants that', async () => {
    const { queue, attached } = lab()
    const [first, second] = [queue(), queue()]
    first.add(target(1), [scan()])
    await after(1)
    const key = second.add(target(1), [scan('other.pdf')]) ?? ''
    await after(1)
    expect(second.jobs()[0]).toMatchObject({ state: 'failed', problem: { code: 'platform.stale_version' } })
    await Promise.all([second.goOn(key), after(1)])
    expect(attached.map(({ version }) => version)).toEqual([3, 4])
  })

  it('stops and forgets', async () => {
    const { queue, shelf, attached } = lab()
    const uploads = queue()
    const key = uploads.add(target(1), [scan()]) ?? ''
    await after(0.05)
    uploads.drop(key)
    await after(2)
    expect(uploads.jobs()).toEqual([])
    expect([shelf.size, attached.length]).toEqual([0, 0])
  })
})
