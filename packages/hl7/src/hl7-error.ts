export type Hl7ErrorCode =
  | 'not_hl7' | 'bad_separators' | 'several_messages' | 'bad_path' | 'unescapable' | 'unencodable' | 'unframeable' | 'unknown_charset'
  | 'damaged_data'

/** The only exception of this package. `code` is stable; the message is for people and never quotes a value of the message. */
export class Hl7Error extends Error {
  readonly code: Hl7ErrorCode

  constructor(code: Hl7ErrorCode, message: string) {
    super(message)
    this.name = 'Hl7Error'
    this.code = code
  }
}
