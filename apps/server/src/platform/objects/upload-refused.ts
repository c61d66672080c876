/** Why a direct upload to this server is refused; each is a problem code `objects.…`. */
export class UploadRefused extends Error {
  readonly reason: 'form_refused' | 'form_used' | 'type_refused' | 'too_large' | 'too_small' | 'no_file'

  constructor(reason: UploadRefused['reason']) {
    super(`The upload is refused: ${reason}`)
    this.name = 'UploadRefused'
    this.reason = reason
  }
}
