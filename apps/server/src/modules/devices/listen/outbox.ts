/** Messages of ours on a line whose answers name them: one is under way at a time. */
export interface Outbox {
  /** Sends, and waits for the answer: what went wrong, or null. */
  send(controlId: string, write: () => void): Promise<string | null>
  answered(controlId: string, trouble: string | null): void
  close(): void
}

export function newOutbox(patienceMs: number): Outbox {
  let open: { controlId: string; settle(trouble: string | null): void } | null = null
  return {
    send(controlId, write) {
      return new Promise((resolve) => {
        const timer = setTimeout(() => open?.settle('no answer'), patienceMs)
        open = {
          controlId,
          settle(trouble) {
            clearTimeout(timer)
            open = null
            resolve(trouble)
          },
        }
        write()
      })
    },
    answered(controlId, trouble) {
      if (open?.controlId === controlId) open.settle(trouble)
    },
    close: () => open?.settle('the connection closed'),
  }
}
