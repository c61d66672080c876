import type { Kept } from './upload-job.ts'

/** Keeps unfinished uploads, with their bytes, on this computer. */
export interface Shelf {
  all: () => Promise<Kept[]>
  put: (kept: Kept) => Promise<void>
  remove: (key: string) => Promise<void>
}

const name = 'aliquot-uploads'

/** A private window or a full disk only means that a closed tab loses what was on its way: failures are silent. */
export const uploadShelf: Shelf = {
  all: () => use('readonly', (store) => store.getAll() as IDBRequest<Kept[]>).then((all) => all ?? []),
  put: async (kept) => void (await use('readwrite', (store) => store.put(kept))),
  remove: async (key) => void (await use('readwrite', (store) => store.delete(key))),
}

let opened: Promise<IDBDatabase> | null = null

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => request.result.createObjectStore('jobs', { keyPath: 'key' })
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error(name))
  })
  return opened
}

async function use<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | null> {
  try {
    const database = await open()
    return await new Promise<T>((resolve, reject) => {
      const request = act(database.transaction('jobs', mode).objectStore('jobs'))
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error ?? new Error(name))
    })
  } catch {
    return null
  }
}
