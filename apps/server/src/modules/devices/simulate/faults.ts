/** What an analyser, or the line to it, does wrong on purpose. */
export const faults = {
  'lost-ack': 'the first answer is lost: the same is sent again',
  nak: 'six answers in a row are taken for refusals: the session ends, and all of it is sent again',
  contention: 'enquires at the moment at which the host does',
  cut: 'the connection breaks within a frame; all of it is sent again on a new one',
  'wrong-number': 'a frame has the number of another',
  checksum: 'a frame has a wrong checksum',
  slow: 'byte by byte',
  duplicate: 'everything is sent twice',
} as const
export type Fault = keyof typeof faults

export const faultsOf = {
  hl7: ['lost-ack', 'cut', 'slow', 'duplicate'],
  astm: ['lost-ack', 'nak', 'contention', 'cut', 'wrong-number', 'checksum', 'slow', 'duplicate'],
} as const satisfies Record<string, readonly Fault[]>
