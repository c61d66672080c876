/** What the lines of this process may hold together. Over the limit, the line that holds most gives way, not the one that came last. */
export interface Memory {
  set(holder: Holder, bytes: number): void
  free(holder: Holder): void
}

export interface Holder {
  giveWay(): void
}

export function newMemory(limit: number): Memory {
  const held = new Map<Holder, number>()
  let all = 0
  const free = (holder: Holder): void => {
    all -= held.get(holder) ?? 0
    held.delete(holder)
  }
  return {
    free,
    set(holder, bytes) {
      all += bytes - (held.get(holder) ?? 0)
      held.set(holder, bytes)
      while (all > limit && held.size > 0) {
        const [greediest] = [...held].reduce((most, each) => (each[1] > most[1] ? each : most))
        free(greediest)
        greediest.giveWay()
      }
    },
  }
}
