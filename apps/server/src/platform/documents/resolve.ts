import type { PDFContext, PDFObject } from '@cantoo/pdf-lib'

/** What `object` leads to; undefined where it leads nowhere. */
export const resolve = (context: PDFContext, object: PDFObject | undefined): PDFObject | undefined => object && context.lookup(object)
