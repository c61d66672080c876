/**
 * A Content-Disposition header for any file name: RFC 6266 with the name in UTF-8 (RFC 8187), and a plain one for what
 * understands no other.
 */
export function dispositionHeader(disposition: 'inline' | 'attachment', fileName: string): string {
  const name = fileName.toWellFormed()
  const plain = name.normalize('NFKD').replace(/[^ -~]|["\\%]/g, '_')
  const exact = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${disposition}; filename="${plain}"; filename*=UTF-8''${exact}`
}
