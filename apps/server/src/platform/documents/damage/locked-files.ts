import { PDFDocument } from '@cantoo/pdf-lib'
import type { Sample } from './samples.ts'

const ciphers = ['RC4-40', 'RC4-128', 'AES-128', 'AES-256'] as const

/** Encrypted files: with a password nobody here knows, and with the empty one, which only forbids printing or copying. */
export const lockedSamples = async (real: Uint8Array): Promise<Sample[]> => {
  const samples = await Promise.all(ciphers.map(async (algorithm): Promise<Sample[]> => [
    { name: `locked, ${algorithm}`, bytes: await locked(real, algorithm, 'secret'), expect: { refused: 'password' } },
    { name: `empty password, ${algorithm}`, bytes: await locked(real, algorithm, ''), expect: { pages: 3, step: 'repaired' }, original: real },
  ]))
  const aes = await locked(real, 'AES-256', 'secret')
  return [
    ...samples.flat(),
    { name: 'locked, junk in front', bytes: Buffer.concat([Buffer.from('junk\n'), aes]), expect: { refused: 'password' } },
    {
      name: 'empty password, no cross references', bytes: withoutReferences(await locked(real, 'RC4-128', '')), expect: { pages: 3 }, original: real,
    },
  ]
}

const locked = async (real: Uint8Array, algorithm: (typeof ciphers)[number], userPassword: string): Promise<Uint8Array> => {
  const pdf = await PDFDocument.load(real, { updateMetadata: false })
  pdf.encrypt({ algorithm, allowWeakCryptography: true, userPassword, ownerPassword: 'owner', permissions: { printing: false, copying: false } })
  return pdf.save({ useObjectStreams: false })
}

/** Keeps the trailer: without it nobody knows that the file is encrypted. */
const withoutReferences = (bytes: Uint8Array): Buffer => {
  const file = Buffer.from(bytes).toString('latin1')
  return Buffer.from(file.replace(/\nxref\n[\s\S]*?trailer/, '\ntrailer').replace(/startxref\s+\d+/, 'startxref\n7'), 'latin1')
}
