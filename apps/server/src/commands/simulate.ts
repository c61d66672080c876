import { readFile } from 'node:fs/promises'
import { simulate, type Fault } from '../modules/devices/index.ts'

export interface SimulateOptions {
  host: string
  port: string
  file?: string
  count: string
  samples: string
  query: boolean
  fault?: string
  rate?: string
}

/** An analyser that speaks HL7 over MLLP. */
export const simulateHl7 = (options: SimulateOptions): Promise<void> => run('hl7', options)

/** An analyser that speaks ASTM over TCP. */
export const simulateAstm = (options: SimulateOptions): Promise<void> => run('astm', options)

async function run(protocol: 'hl7' | 'astm', { host, port, file, count, samples, query, fault, rate }: SimulateOptions): Promise<void> {
  await simulate({
    protocol, host, port: Number(port), count: Number(count), samples: samples.split(',').map((sample) => sample.trim()), query, fault: (fault as Fault | undefined) ?? null,
    rate: rate === undefined ? null : Number(rate), capture: file === undefined ? null : await readFile(file),
  }, (line) => console.log(line))
}
