/** A result of two values as an instrument sends it; the patient is made up. */
export const sampleOru = [
  'MSH|^~\\&|XN-1000|LAB A|LIS|CENTRAL|20261121081500||ORU^R01^ORU_R01|MSG00042|P|2.5.1||||||UNICODE UTF-8',
  'PID|1||P-1001^^^LAB^MR~991^^^NAT^NI||Müller^Zoë||19800229|F',
  'ORC|RE|S-77',
  'OBR|1|S-77||CBC^Blood count^L',
  'OBX|1|NM|718-7^Haemoglobin^LN||13.4|g/dL|12.0-16.0|N|||F',
  'NTE|1||Repeated\\.br\\twice',
  'OBX|2|NM|6690-2^Leucocytes^LN||6.1|10\\S\\3/uL|4.0-10.0|N|||F',
].map((line) => `${line}\r`).join('')

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

export const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))

export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

/** Pseudo-random numbers below 1 that are the same in every run (mulberry32). */
export const seeded = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
