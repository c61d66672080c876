export { pusherBroadcaster, theBroadcaster, useBroadcaster } from './pusher.ts'
export { publish, stopPublishing } from './publish.ts'
export { startListening, subscribe, type Listener } from './listen.ts'

/** Something of this kind changed: screens refresh it, caches forget it. */
export interface Hint {
  topic: string
  id: number
}
