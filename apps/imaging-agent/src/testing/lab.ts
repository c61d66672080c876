import { hash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { imageKey } from '@aliquot/contracts'
import { lend } from '../upload/lend-buffer.ts'

interface Announced { patientGuid: string; imageId: string; size: number; sha256: string }

/** What the lab's server and its bucket do for an agent, over real HTTP, with everything it was told kept for the test to look at. */
export interface Lab {
  url: string
  key: string
  /** by key: how often bytes were stored there, their size and hash */
  objects: Map<string, { puts: number; size: number; sha256: string }>
  announced: Map<string, string | null>
  skipped: { total: number; files: { file: string; reason: string }[] }
  asked: { cards: number; batches: number; forms: number }
  /** what an image becomes at the lab; ready unless said otherwise */
  become: Map<string, { state: string; reason: string | null }>
  /** answers 503 to everything as long as it is true */
  away: boolean
  close(): Promise<void>
}

export interface LabOptions {
  clinicId: number
  /** GUIDs by card; two: ambiguous */
  cards: ReadonlyMap<string, readonly string[]>
  /** where objects are written as files; otherwise only their hash is kept */
  folder?: string
  /** how long the bucket takes before and after it stores an object, ms */
  slowness?: number
}

export async function openLab({ clinicId, cards, folder, slowness = 0 }: LabOptions): Promise<Lab> {
  const guids = new Set([...cards.values()].flat())
  const lab: Lab = {
    url: '', key: 'the-key-of-a-clinic', objects: new Map(), announced: new Map(), skipped: { total: 0, files: [] },
      asked: { cards: 0, batches: 0, forms: 0 },
    become: new Map(), away: false, close: () => new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    }),
  }
  const routes: Record<string, (body: never) => [number, unknown]> = {
    '/api/app/patient-pms-resolver/resolve': ({ cardIds }: { cardIds: string[] }) => {
      lab.asked.cards += cardIds.length
      lab.asked.batches++
      const found = (count: number) => cardIds.filter((card) => (cards.get(card)?.length ?? 0) === count)
      const ambiguous = cardIds.filter((card) => (cards.get(card)?.length ?? 0) > 1)
      return [200, { patients: found(1).map((cardId) => ({ cardId, patientGuid: cards.get(cardId)?.[0] })), unresolved: found(0), ambiguous }]
    },
    '/api/app/imaging/uploads': ({ files }: { files: Announced[] }) => {
      lab.asked.forms++
      if (files.some(({ patientGuid }) => !guids.has(patientGuid))) return [422,
        { code: 'imaging.unknown_patient', title: 'No such patient', status: 422 }]
      return [200, { uploads: files.map((file) => {
        const key = imageKey({ ...file, clinicId })
        const fields = { key, 'Content-Type': 'application/dicom', policy: String(file.size), signature: file.sha256 }
        return { key, form: lab.objects.has(key) ? null : { url: `${lab.url}/bucket`, fields, expiresAt: '2099-01-01T00:00:00.000Z' } }
      }) }]
    },
    '/api/app/imaging/uploaded': ({ images }: { images: { key: string; name?: string }[] }) => {
      for (const { key, name } of images) lab.announced.set(key, name ?? null)
      return [200, { images: images.map(({ key }) => ({ key, detail: null,
        ...(lab.objects.has(key) ? lab.become.get(key) ?? { state: 'ready', reason: null } : { state: 'gone', reason: null }) })) }]
    },
    '/api/app/imaging/skipped': (told: Lab['skipped']) => {
      lab.skipped = told
      return [200, { noted: told.files.length }]
    },
  }
  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.destroy())
  })
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    await lend(Number(request.headers['content-length'] ?? 0), async (bytes) => {
      await fill(bytes, request)
      await answerTo(request, response, bytes)
    })
  }
  const answerTo = async (request: IncomingMessage, response: ServerResponse, bytes: Buffer) => {
    if (lab.away) return send(response, 503, { title: 'Back soon', status: 503 }, { 'retry-after': '0' })
    if (request.url === '/bucket') {
      if (slowness > 0) await wait(slowness)
      const status = await store(lab, request, bytes, folder)
      if (slowness > 0) await wait(slowness)
      return send(response, status, null)
    }
    const route = routes[request.url ?? '']
    if (!route) return send(response, 404, { title: 'Nothing here', status: 404 })
    if (request.headers.authorization !== `Bearer ${lab.key}`) return send(response, 401,
      { code: 'auth.required', title: 'Sign in first', status: 401 })
    const [status, body] = route(JSON.parse(bytes.toString()) as never)
    return send(response, status, body)
  }
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  lab.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return lab
}

/** The body, as long as its header says. */
async function fill(bytes: Buffer, request: IncomingMessage): Promise<void> {
  let at = 0
  for await (const chunk of request) at += (chunk as Buffer).copy(bytes, at)
  if (at !== bytes.length) throw new Error('The body has another length than its header says')
}

/** A form with its fields first and the file last; the object is there only when all its bytes are. */
async function store(lab: Lab, request: IncomingMessage, bytes: Buffer, folder: string | undefined): Promise<number> {
  const boundary = /boundary=(.+)$/.exec(request.headers['content-type'] ?? '')?.[1] ?? ''
  const headEnd = bytes.indexOf('\r\n\r\n', bytes.indexOf('name="file"')) + 4
  const tail = `\r\n--${boundary}--\r\n`
  const head = bytes.subarray(0, headEnd).toString()
  const field = (name: string) => new RegExp(`name="${name}"\\r\\n\\r\\n([^\\r]*)`).exec(head)?.[1] ?? ''
  const file = bytes.subarray(headEnd, bytes.length - tail.length)
  if (bytes.subarray(bytes.length - tail.length).toString() !== tail || file.length !== Number(field('policy'))) return 400
  const key = field('key')
  const before = lab.objects.get(key)
  if (folder) await keep(`${folder}/${key.replaceAll('/', '_')}`, file)
  lab.objects.set(key, { puts: (before?.puts ?? 0) + 1, size: file.length, sha256: folder ? field('signature') : hash('sha256', file) })
  return 204
}

async function keep(path: string, bytes: Buffer): Promise<void> {
  const handle = await open(path, 'w')
  await handle.writeFile(bytes)
  await handle.sync()
  await handle.close()
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json', ...headers })
  response.end(body === null ? undefined : JSON.stringify(body))
}
