import { allowChannel, type RealtimeSettings } from '@aliquot/contracts'
import Pusher from 'pusher-js'
import { call } from './api.ts'
import { everything, type Hint } from './hints.ts'

interface Handlers {
  onState: (state: 'connecting' | 'live' | 'reconnecting') => void
  onHints: (hints: readonly Hint[]) => void
}

/** Listens to the lab's channel; answers how to stop. Live means subscribed: a socket without the channel hears nothing. */
export function listenByPusher(settings: Extract<RealtimeSettings, { driver: 'pusher' }>, { onState, onHints }: Handlers): () => void {
  const at = settings.url === null ? null : new URL(settings.url)
  const port = at?.port ? Number(at.port) : null
  const pusher = new Pusher(settings.key, {
    cluster: settings.cluster, enabledTransports: ['ws', 'wss'], enableStats: false, forceTLS: at === null || at.protocol === 'https:',
    ...(at ? { wsHost: at.hostname, wsPort: port ?? 80, wssPort: port ?? 443 } : {}),
    channelAuthorization: {
      endpoint: '', transport: 'ajax',
      customHandler: ({ socketId, channelName }, done) => void sign(socketId, channelName, done),
    },
  })
  let missed = false
  pusher.connection.bind('state_change', ({ current }: { current: string }) => {
    if (current !== 'connected') onState(missed ? 'reconnecting' : 'connecting')
  })
  const channel = pusher.subscribe(settings.channel)
  channel.bind('pusher:subscription_succeeded', () => {
    onState('live')
    if (missed) onHints([everything])
    missed = true
  })
  channel.bind('hint', (hints: Hint[]) => onHints(hints))
  return () => pusher.disconnect()
}

async function sign(socketId: string, channel: string, done: (problem: Error | null, answer: { auth: string } | null) => void): Promise<void> {
  let answer: { auth: string } | null = null
  let problem: Error | null = null
  try {
    answer = await call(allowChannel, { body: { socketId, channel } })
  } catch (error) {
    problem = error as Error
  }
  done(problem, answer)
}
