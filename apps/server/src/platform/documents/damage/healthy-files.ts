import { PDFDocument } from '@cantoo/pdf-lib'
import type { Sample } from './samples.ts'
import { a4, packed, plainPdf, streamOf, writePdf } from './write-pdf.ts'

/** Files with nothing wrong, some of them unusual: they come back byte for byte. */
export const healthySamples = async (real: Uint8Array): Promise<Sample[]> => {
  const kept = (name: string, bytes: Uint8Array, pages: number): Sample => ({ name, bytes, expect: { pages, step: 'kept' }, original: bytes })
  const loaded = await PDFDocument.load(real, { updateMetadata: false })
  return [
    kept('typeset by this system', real, 3),
    kept('object and reference streams', await loaded.save({ useObjectStreams: true }), 3),
    kept('written by hand', plainPdf(2), 2),
    kept('lines ended as on Windows', plainPdf(2, { writing: { line: '\r\n' } }), 2),
    kept('reference stream by hand', plainPdf(2, { writing: { references: 'stream' } }), 2),
    kept('rotated pages', plainPdf(4, { page: (index) => `${a4} /Rotate ${index * 90}` }), 4),
    kept('cropped pages', plainPdf(2, { page: () => `${a4} /CropBox [30 400 400 800]` }), 2),
    kept('boxes and rotation inherited', plainPdf(2, { page: () => '', tree: '/MediaBox [0 0 842 595] /CropBox [0 0 842 595] /Rotate 90' }), 2),
    kept('user unit', plainPdf(1, { page: () => '/MediaBox [0 0 300 400] /UserUnit 2' }), 1),
    kept('incremental update', updated(), 2),
    kept('deep page tree', deepTree(60), 1),
    kept('form fields', withForm(), 1),
    kept('annotations', withAnnotations(), 1),
    kept('content in three parts', inParts(), 1),
    kept('script on opening', plainPdf(1, { catalog: '/OpenAction <</S /JavaScript /JS (app.alert\\(1\\))>>' }), 1),
    kept('program to start', plainPdf(1, { page: () => `${a4} /Annots [${launcher}]` }), 1),
    kept('attached file', withAttachment(), 1),
    kept('signed', signedPdf(), 1),
  ]
}

const launcher = '<</Type /Annot /Subtype /Link /Rect [0 0 99 99] /A <</S /Launch /F (calc.exe)>>>>'

const updated = (): Buffer => {
  const first = plainPdf(2)
  const changed = `5 0 obj\n${streamOf('BT /F1 24 Tf 60 640 Td (Changed later) Tj ET').toString()}\nendobj\n`
  const previous = /startxref\n(\d+)/.exec(first.toString('latin1'))?.[1] ?? '0'
  const rows = `xref\n5 1\n${String(first.length).padStart(10, '0')} 00000 n \ntrailer\n<</Size 8 /Root 1 0 R /Prev ${previous}>>\n`
  return Buffer.concat([first, Buffer.from(`${changed}${rows}startxref\n${first.length + changed.length}\n%%EOF\n`)])
}

export const deepTree = (levels: number): Buffer => writePdf([
  '<</Type /Catalog /Pages 2 0 R>>',
  ...Array.from({ length: levels }, (_, level) =>
    `<</Type /Pages /Count 1 /Kids [${level + 3} 0 R] ${level > 0 ? `/Parent ${level + 1} 0 R` : '/MediaBox [0 0 595 842]'}>>`),
  `<</Type /Page /Parent ${levels + 1} 0 R /Contents ${levels + 3} 0 R>>`,
  streamOf('1 0 0 rg 100 100 300 300 re f'),
])

/** A text field that has a value and no picture of it yet, and a ticked box. */
export const withForm = (): Buffer => plainPdf(1, {
  catalog: '/AcroForm <</Fields [6 0 R 7 0 R] /NeedAppearances true /DA (/F1 12 Tf 0 g) /DR <</Font <</F1 3 0 R>>>>>>',
  page: () => `${a4} /Annots [6 0 R 7 0 R]`,
  more: [
    '<</Type /Annot /Subtype /Widget /FT /Tx /T (comment) /V (Filled in by hand) /DA (/F1 14 Tf 0 g) /Rect [60 500 400 530] /P 4 0 R /F 4>>',
    '<</Type /Annot /Subtype /Widget /FT /Btn /T (seen) /V /Yes /AS /Yes /Rect [60 450 80 470] /P 4 0 R /F 4 /AP <</N <</Yes 8 0 R /Off 9 0 R>>>>>>',
    streamOf('0 0.6 0 rg 0 0 20 20 re f', '/Type /XObject /Subtype /Form /BBox [0 0 20 20]'),
    streamOf('', '/Type /XObject /Subtype /Form /BBox [0 0 20 20]'),
  ],
})

export const withAnnotations = (): Buffer => plainPdf(1, {
  page: () => `${a4} /Annots [6 0 R 7 0 R]`,
  more: [
    '<</Type /Annot /Subtype /Square /Rect [300 300 400 400] /C [1 0 0] /IC [1 0 0] /F 4 /AP <</N 8 0 R>>>>',
    '<</Type /Annot /Subtype /Link /Rect [60 630 260 670] /Border [0 0 0] /A <</S /URI /URI (https://example.org/)>>>>',
    streamOf('1 0 0 rg 0 0 100 100 re f', '/Type /XObject /Subtype /Form /BBox [0 0 100 100]'),
  ],
})

const inParts = (): Buffer => plainPdf(1, {
  page: () => `${a4} /Contents [6 0 R 7 0 R 8 0 R]`,
  content: () => '',
  more: [packed('q 0 0 1 rg 100 100 200'), packed('200 re f Q BT /F1 24 Tf 60'), streamOf('640 Td (In parts) Tj ET')],
})

const withAttachment = (): Buffer => plainPdf(1, {
  catalog: '/Names <</EmbeddedFiles <</Names [(a.exe) 6 0 R]>>>>',
  more: ['<</Type /Filespec /F (a.exe) /EF <</F 7 0 R>>>>', streamOf('MZ not a program', '/Type /EmbeddedFile')],
})

export const signedPdf = (): Buffer => plainPdf(1, {
  catalog: '/AcroForm <</SigFlags 3 /Fields [6 0 R]>>', page: () => `${a4} /Annots [6 0 R]`,
  more: [
    '<</Type /Annot /Subtype /Widget /FT /Sig /T (signature) /V 7 0 R /Rect [0 0 0 0] /P 4 0 R /F 132>>',
    `<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [0 840 1052 300] /Contents <${'30'.repeat(100)}>>>`,
  ],
})
