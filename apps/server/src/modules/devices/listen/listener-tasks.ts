import type { DeviceProfile } from '@aliquot/contracts'

/** Orders to be downloaded: the messages that carry them. */
export interface OrdersOut {
  id: number
  messages: Uint8Array[]
}

/** What listeners ask of those who read messages and know orders. */
export interface ListenerTasks {
  /** Whether a message names itself as one of this model; cheap. */
  matchesSender(definition: DeviceProfile, bytes: Uint8Array): boolean
  /** Whether a message asks for orders. */
  isQuery(definition: DeviceProfile, bytes: Uint8Array): boolean
  /** The messages that answer a query, which is stored already; none: there is nothing to say. */
  answerFor(labId: number, instrumentId: number, bytes: Uint8Array): Promise<Uint8Array[]>
  /** Orders that wait for this instrument. They are taken again until `noteOrders` says what became of them. */
  takeOrders(labId: number, instrumentId: number): Promise<OrdersOut[]>
  noteOrders(labId: number, ordersId: number, trouble: string | null): Promise<void>
}
