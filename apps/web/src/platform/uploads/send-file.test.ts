import type { StoredObject, UploadTicket } from '@aliquot/contracts'
import { describe, expect, it } from 'vitest'
import { ApiProblem, unreachable } from '../problem.ts'
import { storeUnreachable } from './post-form.ts'
import { sendFile, type Wire } from './send-file.ts'

const file = new File(['%PDF-1.7'], 'scan.pdf', { type: 'application/pdf' })
const about = { category: 'FileTypeReport', patientId: 7 } as const
const problem = (code: string, status = 409) => new ApiProblem({ status, code, title: code })

/** A store in memory whose connection breaks where told; `reserved` and `stored` count what reached it. */
function store(breaks: { post?: (form: number) => Error | 'arrived' | null; life?: number } = {}) {
  const stored = new Set<string>()
  const seen = { reserved: 0, posts: 0 }
  const steps: Wire = {
    reserve: async () => {
      const filePath = `tmp/${++seen.reserved}`
      const expiresAt = new Date(Date.now() + (breaks.life ?? 300_000)).toISOString()
      return { objectId: seen.reserved, filePath, upload: { url: '/objects', fields: { key: filePath } }, expiresAt }
    },
    post: async ({ fields }) => {
      seen.posts++
      const broken = breaks.post?.(seen.posts) ?? null
      if (broken === null || broken === 'arrived') stored.add(fields.key ?? '')
      if (broken === 'arrived') throw problem(storeUnreachable, 0)
      if (broken) throw broken
    },
    reconcile: async (filePath) => {
      if (!stored.has(filePath)) throw problem('storage.not_uploaded')
      return { id: Number(filePath.slice(4)) } as StoredObject
    },
  }
  const send = (ticket: UploadTicket | null = null, tickets: UploadTicket[] = []) => sendFile(
    file, about, { signal: new AbortController().signal, onProgress: () => {}, ticket, onTicket: (next) => tickets.push(next) }, steps,
  )
  return { seen, stored, send }
}

describe('sendFile', () => {
  it('reserves, sends, reconciles', async () => {
    const { seen, send } = store()
    expect(await send()).toEqual({ id: 1 })
    expect(seen).toEqual({ reserved: 1, posts: 1 })
  })

  it('does not send again what arrived while the answer was lost', async () => {
    const { seen, send } = store({ post: () => 'arrived' })
    const tickets: UploadTicket[] = []
    await expect(send(null, tickets)).rejects.toMatchObject({ code: storeUnreachable })
    expect(await send(tickets[0])).toEqual({ id: 1 })
    expect(seen).toEqual({ reserved: 1, posts: 1 })
  })

  it('sends the same form again after a lost connection', async () => {
    const { seen, send } = store({ post: (form) => (form === 1 ? unreachable('x') : null) })
    const tickets: UploadTicket[] = []
    await expect(send(null, tickets)).rejects.toMatchObject({ status: 0 })
    expect(await send(tickets[0])).toEqual({ id: 1 })
    expect(seen).toEqual({ reserved: 1, posts: 2 })
  })

  it('reserves anew when the form of the earlier try is too old', async () => {
    const { seen, send } = store({ post: (form) => (form === 1 ? unreachable('x') : null), life: 5000 })
    const tickets: UploadTicket[] = []
    await expect(send(null, tickets)).rejects.toMatchObject({ status: 0 })
    expect(await send(tickets[0])).toEqual({ id: 2 })
    expect(seen.reserved).toBe(2)
  })

  it('takes another form when the store refuses one, but not for ever', async () => {
    const once = store({ post: (form) => (form === 1 ? problem('storage.refused', 403) : null) })
    expect(await once.send()).toEqual({ id: 2 })
    const never = store({ post: () => problem('storage.refused', 403) })
    await expect(never.send()).rejects.toMatchObject({ code: 'storage.refused' })
    expect(never.seen.posts).toBe(3)
  })

  it('does not insist on bytes that are refused', async () => {
    const { seen, send } = store({ post: () => problem('storage.content_mismatch') })
    await expect(send()).rejects.toMatchObject({ code: 'storage.content_mismatch' })
    expect(seen.posts).toBe(1)
  })
})
