const sentences = {
  password: 'This PDF is locked with a password. Open it, print or save it as a PDF without a password, and upload that.',
  not_a_document: 'This file is not what its name says. Upload a PDF or a picture.',
  too_damaged: 'This file is too damaged to be opened. Ask whoever made it to send it again.',
  too_many_pages: 'This file has too many pages. Split it and upload the parts.',
  too_large: 'This file is too large to be opened. Export it again with a lower resolution or in parts.',
  took_too_long: 'This file took too long to open. Print it to a new PDF and upload that.',
  unsupported: 'Files of this kind cannot be shown. Save it as a PDF and upload that.',
  polyglot: 'This file pretends to be two kinds of file at once, as harmful files do. Scan or print it to a new PDF.',
  no_pages: 'This file has no pages. Ask whoever made it to send it again.',
} as const

export type RefusalCode = keyof typeof sentences

/** A file that cannot be used. `code` is stable; `says` is one sentence for lab staff that says what to do. */
export class DocumentRefused extends Error {
  readonly code: RefusalCode
  readonly says: string

  constructor(code: RefusalCode, detail?: string) {
    super(detail ? `${code}: ${detail}` : code)
    this.name = 'DocumentRefused'
    this.code = code
    this.says = sentences[code]
  }
}

/** Whatever is written on a signed PDF breaks its signature: whoever asks must say that this is meant. */
export class SignedDocument extends Error {
  readonly says = 'This PDF carries a digital signature, which a header or footer would break.'

  constructor() {
    super('The PDF is signed')
    this.name = 'SignedDocument'
  }
}
