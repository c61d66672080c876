import { degrees, PDFDocument, PDFString, StandardFonts, rgb } from '@cantoo/pdf-lib'

export interface FilePage {
  width: number
  height: number
  /** of the page, clockwise */
  rotate?: 0 | 90 | 180 | 270
  /** white that the crop box cuts off on all sides */
  cropped?: number
}

export const a4: FilePage = { width: 595.28, height: 841.89 }
export const landscape: FilePage = { width: 841.89, height: 595.28 }

/** A PDF from elsewhere: each page has a frame close to its edges, and words at its top and bottom that name it. Sizes are those seen. */
export const outsidePdf = async (pages: readonly FilePage[], { signed = false } = {}): Promise<Uint8Array> => {
  const pdf = await PDFDocument.create({ updateMetadata: false })
  const font = await pdf.embedFont(StandardFonts.Helvetica)
  for (const [index, { width, height, rotate = 0, cropped = 0 }] of pages.entries()) {
    const [across, down] = rotate % 180 === 0 ? [width, height] : [height, width]
    const page = pdf.addPage([across + 2 * cropped, down + 2 * cropped])
    page.setRotation(degrees(rotate))
    page.setCropBox(cropped, cropped, across, down)
    page.drawRectangle({ x: cropped + 4, y: cropped + 4, width: across - 8, height: down - 8, borderColor: rgb(0.2, 0.4, 0.7), borderWidth: 2 })
    /** Text upright as seen, at a place given from the top left of the visible page. */
    const write = (text: string, x: number, y: number): void => {
      const place = { 0: [x, down - y], 90: [y, x], 180: [across - x, y], 270: [across - y, down - x] }[rotate] as [number, number]
      page.drawText(text, { x: cropped + place[0], y: cropped + place[1], size: 12, font, rotate: degrees(rotate) })
    }
    write(`First words of page ${index + 1}`, 12, 18)
    write(`Last words of page ${index + 1}`, 12, height - 10)
    for (let line = 0; line < 8; line++) write(`Finding ${line + 1}: no focal lesion is seen; structures are of normal size.`, 60, 80 + line * 24)
  }
  if (signed) addSignature(pdf)
  return pdf.save({ useObjectStreams: false })
}

/** The form of a digital signature; its bytes vouch for nothing. */
const addSignature = (pdf: PDFDocument): void => {
  const { context } = pdf
  const signature = context.register(context.obj({
    Type: 'Sig', Filter: 'Adobe.PPKLite', SubFilter: 'adbe.pkcs7.detached', ByteRange: [0, 100, 200, 100], Contents: PDFString.of('signature'),
  }))
  const field = context.register(context.obj({
    FT: 'Sig', T: PDFString.of('Signature'), V: signature, Type: 'Annot', Subtype: 'Widget', Rect: [0, 0, 0, 0], F: 132, P: pdf.getPage(0).ref,
  }))
  pdf.getPage(0).node.set(context.obj('Annots') as never, context.obj([field]))
  pdf.catalog.set(context.obj('AcroForm') as never, context.obj({ SigFlags: 3, Fields: [field] }))
}
