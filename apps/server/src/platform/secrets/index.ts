import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { theConfig } from '../config/index.ts'

/** The key of one purpose in one lab: what is sealed for one cannot be opened as another. */
const keyFor = (context: string) => Buffer.from(hkdfSync('sha256', theConfig().secret, 'aliquot sealed', context, 32))

/**
 * Encrypts a credential for the database (AES-256-GCM, key derived from ALIQUOT_SECRET). `context` says whose it is, as in `communications:provider:<lab>`;
 * the same is needed to open it.
 */
export function seal(text: string, context: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFor(context), iv)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return `v1.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`
}

/** Decrypts what {@link seal} made. Throws when it was changed, belongs to another context, or ALIQUOT_SECRET is not the one it was sealed with. */
export function unseal(sealed: string, context: string): string {
  const [version, packed = ''] = sealed.split('.')
  const bytes = Buffer.from(packed, 'base64url')
  if (version !== 'v1' || bytes.length < 28) throw new Error('Not a sealed credential')
  const decipher = createDecipheriv('aes-256-gcm', keyFor(context), bytes.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(12, 28))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw new Error('A credential cannot be opened: ALIQUOT_SECRET is not the one it was sealed with', { cause })
  }
}
