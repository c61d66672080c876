/** A value of VR PN: "Family^Given^Middle^Prefix^Suffix=ideographic=phonetic". */
export interface PersonName {
  family: string
  given: string
  middle: string
  prefix: string
  suffix: string
  ideographic: string
  phonetic: string
  /** as people write it: given, middle and family name, or the ideographic one where there is no other */
  text: string
}

export const personName = (value: string): PersonName | null => {
  const [alphabetic = '', ideographic = '', phonetic = ''] = (value.split('\\')[0] ?? '').split('=')
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = alphabetic.split('^').map((part) => part.trim())
  const plain = (group: string) => group.split('^').map((part) => part.trim()).filter(Boolean).join(' ')
  const text = [given, middle, family].filter(Boolean).join(' ') || plain(ideographic) || plain(phonetic)
  return text ? { family, given, middle, prefix, suffix, ideographic: plain(ideographic), phonetic: plain(phonetic), text } : null
}
