import { log } from '#platform/log'
import type { Connection } from './connection.ts'
import type { ListenerTasks } from './listener-tasks.ts'
import type { PortServer } from './port-server.ts'

/** Brings orders that wait to instruments that are connected. */
export interface OrderDesk {
  serve(server: PortServer): Promise<void>
}

export function newOrderDesk({ takeOrders, noteOrders }: Pick<ListenerTasks, 'takeOrders' | 'noteOrders'>): OrderDesk {
  /** Instruments whose orders are under way: each gets one after the other. */
  const busy = new Set<number>()

  const bring = async (labId: number, instrumentId: number, connection: Connection): Promise<void> => {
    for (const { id, messages } of await takeOrders(labId, instrumentId)) {
      const trouble = await connection.send(messages)
      await noteOrders(labId, id, trouble)
      if (trouble) return
    }
  }

  return {
    async serve({ plan, connections }) {
      const latest = new Map<number, Connection>()
      for (const connection of connections) {
        const instrument = connection.instrument()
        if (!instrument) continue
        const other = latest.get(instrument.id)
        if (!other || other.heardAt < connection.heardAt) latest.set(instrument.id, connection)
      }
      await Promise.all([...latest].filter(([id]) => !busy.has(id)).map(async ([id, connection]) => {
        busy.add(id)
        try {
          await bring(plan.labId, id, connection)
        } catch (error) {
          log.error({ instrumentId: id, err: (error as Error).message }, 'orders could not be brought to an instrument')
        } finally {
          busy.delete(id)
        }
      }))
    },
  }
}
