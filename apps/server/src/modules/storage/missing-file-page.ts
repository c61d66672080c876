import { composePdf, ink, paper } from '#platform/typeset'

let page: Promise<Buffer> | null = null

/** file_not_exists.pdf: one page that stands where a file was. */
export function missingFilePage(): Promise<Buffer> {
  const { width, height } = paper.a4
  page ??= composePdf({
    title: 'This file does not exist any more', subject: 'file_not_exists.pdf', author: 'Aliquot', at: new Date(0), language: 'en',
  }, (sheet) => {
    sheet.page(width, height)
    sheet.text('This file does not exist any more.', width / 2, height / 2 - 12, { size: 16, weight: 'semibold', colour: ink.text }, 'middle')
    sheet.text('It was removed from the store. The activity log says when, by whom and why.', width / 2, height / 2 + 12, { size: 10, colour: ink.quiet }, 'middle')
  }).then((bytes) => Buffer.from(bytes))
  return page
}
