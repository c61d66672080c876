import { getDocument, Util } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** Text as a reader sees it: points from the top left of the visible page, y of its baseline. */
export interface SeenText {
  text: string
  x: number
  y: number
  size: number
  upright: boolean
}

export interface SeenPage {
  width: number
  height: number
  pieces: SeenText[]
  /** all of them in reading order */
  text: string
  /** the first piece that has these words */
  find: (words: string) => SeenText | undefined
}

/** The pages of a PDF as seen, whatever their rotation and boxes. */
export const readSeen = async (bytes: Uint8Array): Promise<SeenPage[]> => {
  const task = getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 })
  const pdf = await task.promise
  const pages = await Promise.all(Array.from({ length: pdf.numPages }, async (_, index): Promise<SeenPage> => {
    const page = await pdf.getPage(index + 1)
    const { width, height, transform } = page.getViewport({ scale: 1 })
    const { items } = await page.getTextContent({ disableNormalization: true })
    const pieces = items.flatMap((item): SeenText[] => {
      if (!('str' in item) || item.str.trim() === '') return []
      const [a, b, c, d, x, y] = Util.transform(transform, item.transform) as [number, number, number, number, number, number]
      return [{ text: item.str, x, y, size: Math.hypot(c, d), upright: a > 0 && Math.abs(b) < 0.01 * a && d < 0 }]
    }).sort((one, other) => (Math.abs(one.y - other.y) < 2 ? one.x - other.x : one.y - other.y))
    const text = pieces.map(({ text }) => text).join(' ').replaceAll(/\s+/g, ' ')
    return { width, height, pieces, text, find: (words) => pieces.find(({ text }) => text.includes(words)) }
  }))
  await task.destroy()
  return pages
}
