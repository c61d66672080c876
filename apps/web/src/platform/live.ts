import { getRealtime, type RealtimeSettings } from '@aliquot/contracts'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { call } from './api.ts'
import { concerns, everything, gather, readHints, type Hint, type Topic } from './hints.ts'
import { queryClient } from './queries.ts'

export type LiveState = 'connecting' | 'live' | 'reconnecting'

const gatherFor = 250
/** A refresh that hangs holds the next one up no longer than this. */
const patience = 5000
const longestWait = 30_000
/** Browsers allow six HTTP/1.1 connections per site: a tab that nobody sees gives its stream back. */
const hiddenFor = 60_000

let state: LiveState = 'connecting'
const watchers = new Set<() => void>()
const listeners = new Set<(hints: readonly Hint[]) => void>()

const announce = gather(gatherFor, async (hints) => {
  for (const listener of listeners) listener(hints)
  const refreshed = queryClient.invalidateQueries({ predicate: ({ meta }) => meta?.live !== undefined && concerns(meta.live, hints) })
  await Promise.race([refreshed, new Promise((resolve) => setTimeout(resolve, patience))])
})

/** Hints come as the server says, until stopped: as server-sent events, also while that is not known. */
export function startLive(): () => void {
  let stopped = false
  let stop = () => {}
  void call(getRealtime, {}).catch(() => ({ driver: 'events' }) as const).then((settings) => {
    if (stopped) return
    stop = settings.driver === 'pusher' ? startPusher(settings) : startStream()
  })
  return () => {
    stopped = true
    stop()
  }
}

/** One socket that reconnects by itself, on the lab's channel. What was missed while it was down is fetched again. */
function startPusher(settings: Extract<RealtimeSettings, { driver: 'pusher' }>): () => void {
  let stopped = false
  let close = () => {}
  void import('./pusher.ts').then(({ listenByPusher }) => {
    if (!stopped) close = listenByPusher(settings, { onState: setState, onHints: (hints) => announce(hints) })
  })
  return () => {
    stopped = true
    close()
    setState('connecting')
  }
}

/** Holds one stream of hints until stopped. Whatever may have been missed while it was down is fetched again. */
function startStream(url = '/api/events'): () => void {
  let source: EventSource | null = null
  let retry: ReturnType<typeof setTimeout> | null = null
  let hiding: ReturnType<typeof setTimeout> | null = null
  let failures = 0
  let missed = false

  const open = () => {
    if (source) return
    source = new EventSource(url)
    source.onopen = () => {
      failures = 0
      setState('live')
      if (missed) announce([everything])
      missed = true
    }
    source.addEventListener('hint', (event) => announce(readHints(event.data as string)))
    source.onerror = () => {
      close()
      setState('reconnecting')
      const wait = Math.min(longestWait, 1000 * 2 ** failures++)
      retry = setTimeout(open, wait * (0.75 + Math.random() / 2))
    }
  }
  const close = () => {
    source?.close()
    source = null
    if (retry) clearTimeout(retry)
    retry = null
  }
  const now = () => {
    if (source) return
    close()
    failures = 0
    open()
  }
  const onVisibility = () => {
    if (hiding) clearTimeout(hiding)
    hiding = null
    if (document.visibilityState === 'visible') now()
    else hiding = setTimeout(close, hiddenFor)
  }

  open()
  addEventListener('online', now)
  document.addEventListener('visibilitychange', onVisibility)
  return () => {
    close()
    if (hiding) clearTimeout(hiding)
    removeEventListener('online', now)
    document.removeEventListener('visibilitychange', onVisibility)
    setState('connecting')
  }
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(watch, () => state)
}

/** Runs `act` when something of these topics changed. Queries need no call of this: they name their topics in `live`. */
export function useLive(topics: Topic | readonly Topic[], act: (hints: readonly Hint[]) => void): void {
  const latest = useRef({ topics, act })
  useEffect(() => {
    latest.current = { topics, act }
  })
  useEffect(() => {
    const listener = (hints: readonly Hint[]) => {
      const wanted = latest.current.topics
      if (concerns(typeof wanted === 'string' ? [wanted] : wanted, hints)) latest.current.act(hints)
    }
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }, [])
}

function setState(next: LiveState): void {
  if (next === state) return
  state = next
  for (const watcher of watchers) watcher()
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => void watchers.delete(watcher)
}
