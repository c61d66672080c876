import { registerModules, type Module } from '#platform/module'
import type { ListenerTasks } from '../listener-tasks.ts'

/** Listeners without the rest of the module: nobody asks, nothing is sent. */
export const noTasks: ListenerTasks = {
  matchesSender: () => false,
  isQuery: () => false,
  answerFor: async () => [],
  takeOrders: async () => [],
  noteOrders: async () => {},
}

const justReceiving: Module = {
  name: 'devices', routes: [],
  actions: { 'devices.received': { category: 1600, subject: 'message', says: 'Received {count} messages' } },
  jobs: { 'devices.process': async () => {} },
}

export const registerReceiving = (): void => registerModules([justReceiving])
