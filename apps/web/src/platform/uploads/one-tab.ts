const name = (key: string) => `aliquot-upload:${key}`

/** Lets one tab work on an upload: false when another one does. Where the browser has no locks (plain http) everybody may. */
export function claim(key: string): Promise<(() => void) | null> {
  if (!globalThis.navigator?.locks) return Promise.resolve(() => {})
  return new Promise((resolve) => {
    void navigator.locks.request(name(key), { ifAvailable: true }, (lock) => {
      if (!lock) return resolve(null)
      return new Promise<void>((release) => resolve(release))
    })
  })
}

/** Uploads that some tab works on. */
export async function claimed(): Promise<ReadonlySet<string>> {
  const { held = [] } = (await globalThis.navigator?.locks?.query()) ?? {}
  return new Set(held.map((lock) => lock.name?.slice(name('').length) ?? ''))
}
