import Pusher from 'pusher'
import type { RealtimeSettings } from '@aliquot/contracts'
import type { PusherConfig } from '../config/index.ts'

/** Carries hints to browsers through a server that speaks the Pusher protocol: one private channel for each lab. */
export interface Broadcaster {
  /** Sends lists of hints, each as JSON; at most one request for ten of them. */
  send(messages: readonly { labId: number; hints: unknown }[]): Promise<void>
  /** What a browser needs to connect and to subscribe to its lab's channel. */
  settings(labId: number): RealtimeSettings
  /** The signature that lets this connection listen to a channel; null when it is not the lab's. */
  allow(labId: number, socketId: string, channel: string): string | null
}

const patience = 5000
/** As many as one request may carry by the protocol. */
const mostAtOnce = 10
const channelOf = (labId: number) => `private-lab-${labId}`

export function pusherBroadcaster({ appId, key, secret, url, publicUrl, cluster }: PusherConfig): Broadcaster {
  const base = { appId, key, secret, timeout: patience }
  const at = url === null ? null : new URL(url)
  const pusher = new Pusher(at ? { ...base, host: at.hostname, port: portOf(at), useTLS: at.protocol === 'https:' } : { ...base, cluster, useTLS: true })
  return {
    async send(messages) {
      const events = messages.map(({ labId, hints }) => ({ channel: channelOf(labId), name: 'hint', data: hints }))
      for (let i = 0; i < events.length; i += mostAtOnce) await pusher.triggerBatch(events.slice(i, i + mostAtOnce))
    },
    settings: (labId) => ({ driver: 'pusher', channel: channelOf(labId), key, cluster, url: publicUrl ?? url }),
    allow: (labId, socketId, channel) => (channel === channelOf(labId) ? pusher.authorizeChannel(socketId, channel).auth : null),
  }
}

const portOf = ({ port, protocol }: URL): string => port || (protocol === 'https:' ? '443' : '80')

let broadcaster: Broadcaster | null = null

export function useBroadcaster(next: Broadcaster | null): void {
  broadcaster = next
}

export const theBroadcaster = (): Broadcaster | null => broadcaster
