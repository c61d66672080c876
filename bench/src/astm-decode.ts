import { buildMessage, cutMessage, encodeFrame, ENQ, EOT, newLink, parseRecords, step, type LinkEvent } from '@aliquot/astm'

/** A session of a haematology analyser: `samples` messages of some 32 kB, in frames of `limit` characters. */
function session(samples: number, limit: number): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.of(ENQ)]
  let number = 0
  for (let sample = 0; sample < samples; sample++) {
    const results = Array.from({ length: 400 }, (_, n) =>
      ({ type: 'R', fields: { 3: ['', '', '', `PAR${n}`, '718-7'], 4: `${n}.25`, 5: '10*3/uL', 6: '4.0 - 10.0', 7: 'N', 9: 'F', 11: 'operator', 13: '20261121081500' } }))
    const message = buildMessage([{ type: 'H', fields: { 5: 'H500', 12: 'P' } }, { type: 'P' }, { type: 'O', fields: { 3: `S-${sample}` } }, ...results, { type: 'L', fields: { 3: 'N' } }])
    for (const { text, last } of cutMessage(message, limit)) parts.push(encodeFrame(++number & 7, text, last))
  }
  return Buffer.concat([...parts, Uint8Array.of(EOT)])
}

/** Bytes of the line per second, from chunks of TCP to records. */
export function decodeAstm(seconds: number, limit: number): number {
  const bytes = session(8, limit)
  const began = performance.now()
  let [read, records] = [0, 0]
  while (performance.now() - began < seconds * 1000) {
    let state = newLink()
    const happen = (event: LinkEvent): void => {
      const turn = step(state, event)
      state = turn.state
      for (const action of turn.actions) {
        if (action.kind !== 'store') continue
        for (const { text } of action.messages) records += parseRecords(text).length
        happen({ kind: 'stored', at: 0, ok: true })
      }
    }
    for (let at = 0; at < bytes.length; at += 65_536) happen({ kind: 'bytes', at: 0, bytes: bytes.subarray(at, at + 65_536) })
    read += bytes.length
  }
  if (records === 0) throw new Error('Nothing was decoded')
  return read / ((performance.now() - began) / 1000)
}
