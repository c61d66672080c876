import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { gather, write } from './rebuild.ts'

/** The last resort: pdf.js guesses what no other reader dares to, and copies out the pages that it can make sense of. */
export const rescue = async (bytes: Uint8Array): Promise<Uint8Array | null> => {
  const loading = getDocument({ data: bytes.slice(), verbosity: VerbosityLevel.ERRORS, stopAtErrors: false })
  try {
    const copied = await (await loading.promise).extractPages([{ document: null }])
    if (!copied) return null
    const { context, leaves } = await gather(copied)
    delete context.trailerInfo.Info
    return leaves.length > 0 ? await write(context) : null
  } finally {
    await loading.destroy()
  }
}
