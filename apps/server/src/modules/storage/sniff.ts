import { fileTypeFromBuffer } from 'file-type'
import { typeOf } from './file-types.ts'

/** Bytes from the start of a file that tell its kind; a PDF may have some junk in front. */
export const enoughToSniff = 8192

const names: Record<string, string> = { 'application/pdf': 'a PDF', 'text/html': 'a web page', 'application/zip': 'a ZIP archive' }
const nameOf = (contentType: string): string =>
  names[contentType] ?? (contentType.startsWith('image/') ? `a ${contentType.slice(6).toUpperCase()} picture` : contentType)

/** The content type of bytes that came without one; null where nobody knows it. */
export const kindOf = async (start: Buffer): Promise<string | null> =>
  start.subarray(0, enoughToSniff).includes('%PDF-') ? 'application/pdf' : (await fileTypeFromBuffer(start))?.mime.replace('image/apng', 'image/png') ?? null

/** Whether a file that begins like this is what its content type says; if not, in words what it is. Damage is not looked for here. */
export async function contradiction(start: Buffer, contentType: string): Promise<string | null> {
  const allowed = typeOf(contentType)?.sniffedAs ?? []
  // Mail gateways and printers put headers in front of a PDF, which its check cuts off.
  if (contentType === 'application/pdf' && start.includes('%PDF-')) return null
  const found = await fileTypeFromBuffer(start)
  if (found && allowed.includes(found.mime)) return null
  return found ? `its content is ${nameOf(found.mime)}, not ${nameOf(contentType)}` : `its content is not ${nameOf(contentType)}`
}
