/** The WHATWG label for each name of HL7 table 0211 that has one, spelt as `plainName` leaves it. */
const labels: Readonly<Record<string, string>> = {
  '': 'ascii', ASCII: 'ascii', USASCII: 'ascii', IR6: 'ascii',
  UTF8: 'utf-8', UNICODE: 'utf-8', UTF16: 'utf-16le', UTF16LE: 'utf-16le', UTF16BE: 'utf-16be',
  IR100: 'windows-1252', IR101: 'iso-8859-2', IR109: 'iso-8859-3', IR110: 'iso-8859-4', IR144: 'iso-8859-5', IR127: 'iso-8859-6',
  IR126: 'iso-8859-7', IR138: 'iso-8859-8', IR148: 'windows-1254', IR203: 'iso-8859-15', IR166: 'windows-874',
  LATIN1: 'windows-1252',
  IR13: 'shift_jis', IR14: 'shift_jis', JISX0201: 'shift_jis', JISX02011976: 'shift_jis', JISX02011997: 'shift_jis',
  IR87: 'iso-2022-jp', IR159: 'iso-2022-jp', JISX0202: 'iso-2022-jp', JISX0208: 'iso-2022-jp', JISX02081990: 'iso-2022-jp', JAS2020: 'iso-2022-jp',
  GB18030: 'gb18030', GB180302000: 'gb18030', GB2312: 'gb18030', GBK: 'gb18030', CP936: 'gb18030',
  BIG5: 'big5', KSX1001: 'euc-kr', KSC5601: 'euc-kr',
}

const plainName = (name: string): string => name.toUpperCase().replace(/[\s/_.-]/g, '').replace(/^UNICODE(?=.)/, '').replace(/^ISO(?=8859|IR)/, '')

const known = new Map<string, string>()

/** To open a decoder takes long. Only labels that exist are remembered, and those are few, whatever senders write in MSH-18. */
const labelOf = (name: string): string | null => {
  const key = name.trim().toLowerCase()
  const found = known.get(key)
  if (found !== undefined) return found
  try {
    const { encoding } = new TextDecoder(key)
    const label = encoding === 'gbk' ? 'gb18030' : encoding
    known.set(key, label)
    return label
  } catch {
    return null
  }
}

/**
 * The label under which this package decodes and encodes a set named in MSH-18 (`8859/1`, `UNICODE UTF-8`, `GB 18030-2000`, …)
 * or by any WHATWG label; null for one it does not know. As on the web, 8859/1 is read as windows-1252 and 8859/9 as
 * windows-1254: they differ in control codes that no message uses, and every byte comes back as it was.
 */
export const charsetLabel = (name: string): string | null => {
  const plain = plainName(name)
  const listed = Object.hasOwn(labels, plain) ? labels[plain] : undefined
  if (listed !== undefined) return listed
  const part = /^8859(\d{1,2})$/.exec(plain)?.[1]
  return labelOf(part ? `iso-8859-${part}` : name)
}
