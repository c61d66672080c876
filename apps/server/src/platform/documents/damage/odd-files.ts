import type { Sample } from './samples.ts'
import { a4, drawing, plainPdf, streamOf, writePdf } from './write-pdf.ts'

const font = '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>'
const edit = (of: Buffer, pattern: RegExp | string, by: string | ((found: string) => string)) =>
  Buffer.from(of.toString('latin1').replace(pattern, by as string), 'latin1')
const garbled = streamOf('not packed', '/Filter /FlateDecode')

/** Files whose parts contradict one another, as careless programs write them. */
export const oddSamples = (): Sample[] => {
  const two = plainPdf(2)
  const odd = (name: string, bytes: Uint8Array, pages: number): Sample => ({ name, bytes, expect: { pages } })
  const same = (name: string, bytes: Uint8Array): Sample => ({ ...odd(name, bytes, 2), original: two })
  return [
    same('count too large', plainPdf(2, { count: 7 })),
    same('count too small', plainPdf(2, { count: 1 })),
    same('count below zero', plainPdf(2, { count: -3 })),
    same('no count', edit(two, '/Count 2', '        ')),
    same('length missing', edit(two, /\/Length \d+ ?/g, (found) => ' '.repeat(found.length))),
    same('length too small', plainPdf(2, { content: (index) => streamOf(drawing(index), '', 10) })),
    same('length too large', plainPdf(2, { content: (index) => streamOf(drawing(index), '', 9000) })),
    same('length in an object that is missing', plainPdf(2, { content: (index) => streamOf(drawing(index), '', '99 0 R') })),
    same('trailer without a root', edit(two, '/Root 1 0 R', '           ')),
    same('root that leads nowhere', edit(two, '/Root 1 0 R', '/Root 9 9 R')),
    same('catalog without its type', edit(two, '/Type /Catalog', '              ')),
    same('pages without their type', edit(two, /\/Type \/Page /g, '            ')),
    same('pages that name no parent', edit(two, /\/Parent 2 0 R/g, '             ')),
    same('a page that is missing', plainPdf(2, { tree: '/Kids [4 0 R 77 0 R 6 0 R]', count: 3 })),
    odd('page tree in a loop', plainPdf(2, { tree: '/Kids [4 0 R 2 0 R 6 0 R]', count: 3 }), 2),
    odd('page tree that is its own child', plainPdf(1, { tree: '/Kids [2 0 R 4 0 R]' }), 1),
    odd('two levels that hold each other', writePdf([
      '<</Type /Catalog /Pages 2 0 R>>', '<</Type /Pages /Kids [3 0 R] /Count 1>>', '<</Type /Pages /Parent 2 0 R /Kids [2 0 R 4 0 R] /Count 1>>',
      `<</Type /Page /Parent 3 0 R ${a4} /Contents 5 0 R>>`, streamOf('0 1 0 rg 10 10 90 90 re f'),
    ]), 1),
    odd('the same page twice', plainPdf(1, { tree: '/Kids [4 0 R 4 0 R]', count: 2 }), 2),
    odd('no box at all', plainPdf(1, { page: () => '' }), 1),
    odd('a box upside down', plainPdf(1, { page: () => '/MediaBox [595 842 0 0]' }), 1),
    odd('a box without area', plainPdf(1, { page: () => '/MediaBox [0 0 0 0]' }), 1),
    odd('a tiny box', plainPdf(1, { page: () => '/MediaBox [0 0 1 1]' }), 1),
    odd('a crop box off the page', plainPdf(1, { page: () => `${a4} /CropBox [2000 2000 3000 3000]` }), 1),
    odd('rotation of 45', plainPdf(1, { page: () => `${a4} /Rotate 45` }), 1),
    odd('rotation below zero', plainPdf(1, { page: () => `${a4} /Rotate -90` }), 1),
    odd('state not given back', plainPdf(1, { content: () => `q q 0.5 0 0 0.5 100 100 cm ${drawing(0)}` }), 1),
    odd('state given back too often', plainPdf(1, { content: () => `Q Q Q ${drawing(0)}` }), 1),
    odd('no content', plainPdf(1, { content: () => '' }), 1),
    odd('content that is no drawing', plainPdf(1, { content: () => '\x00\xff<< >> [ ( unbalanced 1 2 3 foo bar' }), 1),
    odd('one content of two cannot be unpacked', plainPdf(2, { content: (index) => (index === 0 ? drawing(0) : garbled) }), 2),
    odd('form that draws itself', plainPdf(1, {
      content: () => '/X Do', page: () => `${a4} /Resources <</XObject <</X 6 0 R>>>>`,
      more: [streamOf('0 0 1 rg 10 10 99 99 re f /X Do', '/Type /XObject /Subtype /Form /BBox [0 0 200 200] /Resources <</XObject <</X 6 0 R>>>>')],
    }), 1),
    { name: 'content that is missing', bytes: plainPdf(1, { page: () => `${a4} /Contents 99 0 R` }), expect: { refused: 'too_damaged' } },
    { name: 'content that cannot be unpacked', bytes: plainPdf(1, { content: () => garbled }), expect: { refused: 'too_damaged' } },
    { name: 'no pages', bytes: plainPdf(0), expect: { refused: 'no_pages' } },
    { name: 'pages promised, none there', bytes: plainPdf(0, { count: 3 }), expect: { refused: 'no_pages' } },
    { name: 'a catalog alone', bytes: writePdf(['<</Type /Catalog>>', font]), expect: { refused: 'no_pages' } },
  ]
}
