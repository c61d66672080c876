import { decodeForViewing } from '../read/decode-for-viewing.ts'
import { astmAnalyser } from './astm-analyser.ts'
import { readCapture } from './capture.ts'
import { faultsOf, type Fault } from './faults.ts'
import { hl7Analyser } from './hl7-analyser.ts'
import { astmQuery, astmResults, hl7Query, hl7Results } from './made-up.ts'

export interface Simulation {
  protocol: 'hl7' | 'astm'
  host: string
  port: number
  /** A captured session to be sent instead of made-up results. */
  capture: Uint8Array | null
  /** Samples that are measured, or asked for. */
  samples: readonly string[]
  /** How often all of it is sent. */
  count: number
  /** Asks for the orders of each sample, and shows them. */
  query: boolean
  fault: Fault | null
  /** Messages a second; null: as fast as they are answered. */
  rate: number | null
}

/** Plays an analyser against whatever listens there; says what was sent, what was answered, and how long it took. Throws Error where it cannot. */
export async function simulate(plan: Simulation, say: (line: string) => void): Promise<void> {
  const fault = plan.fault
  if (fault && !(faultsOf[plan.protocol] as readonly Fault[]).includes(fault)) throw new Error(`${plan.protocol} knows the faults ${faultsOf[plan.protocol].join(', ')}`)
  const messages = plan.capture ? captured(plan.protocol, plan.capture) : madeUp(plan)
  const analyser = plan.protocol === 'hl7' ? await hl7Line(plan) : await astmLine(plan)
  const began = performance.now()
  let sent = 0
  try {
    for (let round = 0; round < plan.count; round++) {
      for (const make of messages) {
        await until(plan.rate === null ? 0 : began + (sent * 1000) / plan.rate)
        const message = make()
        const start = performance.now()
        say(`→ ${shown(plan.protocol, message)}`)
        for (const answer of await analyser.exchange(message)) say(`← ${answer}`)
        say(`  ${(performance.now() - start).toFixed(1)} ms`)
        sent += 1
      }
    }
  } finally {
    analyser.close()
  }
  const seconds = (performance.now() - began) / 1000
  say(`${sent} messages in ${seconds.toFixed(2)} s, ${(sent / seconds).toFixed(0)} a second; ${analyser.repeats()} times something was sent again`)
}

interface SimulatedLine {
  exchange(message: Uint8Array): Promise<string[]>
  repeats(): number
  close(): void
}

async function hl7Line({ host, port, fault }: Simulation): Promise<SimulatedLine> {
  const analyser = hl7Analyser({ host, port, fault: fault === 'lost-ack' || fault === 'cut' || fault === 'slow' || fault === 'duplicate' ? fault : null })
  return {
    exchange: async (message) => (await analyser.send(message)).map((answer) => shown('hl7', answer)),
    repeats: () => analyser.repeats,
    close: () => analyser.close(),
  }
}

async function astmLine({ host, port, fault, query }: Simulation): Promise<SimulatedLine> {
  const analyser = await astmAnalyser({ host, port, fault })
  return {
    async exchange(message) {
      const trouble = await analyser.send(message)
      if (trouble) throw new Error(`The message was not taken: ${trouble}`)
      if (!query) return ['ACK']
      // Results that go out while the host wants to answer meet its enquiry.
      if (fault === 'contention') {
        await new Promise((resolve) => setTimeout(resolve, 500))
        await analyser.send(astmResults('CONTENTION', new Date()))
      }
      return ['ACK', shown('astm', await analyser.receive())]
    },
    repeats: () => analyser.repeats,
    close: () => analyser.close(),
  }
}

function captured(protocol: 'hl7' | 'astm', bytes: Uint8Array): (() => Uint8Array)[] {
  const capture = readCapture(bytes)
  if (capture.protocol !== protocol) throw new Error(`The capture is of ${capture.protocol}`)
  return capture.messages.map((message) => () => message)
}

/** Numbers that no other run gives: the same bytes again would be the same message. */
const run = Date.now().toString(36).toUpperCase()

function madeUp({ protocol, samples, query }: Simulation): (() => Uint8Array)[] {
  let number = 0
  const controlId = (): string => `${run}${++number}`
  return samples.map((sample) => () => {
    const at = new Date()
    if (protocol === 'hl7') return query ? hl7Query(sample, controlId(), at) : hl7Results(sample, controlId(), at)
    return query ? astmQuery(sample, at) : astmResults(sample, at)
  })
}

const shown = (protocol: 'hl7' | 'astm', bytes: Uint8Array): string => decodeForViewing(protocol, bytes, null).text.trimEnd().replaceAll('\n', '\n  ')

const until = (at: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, at - performance.now())))
