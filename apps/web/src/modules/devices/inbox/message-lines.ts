export type TokenKind = 'control' | 'name' | 'separator' | 'value'

export interface Token {
  kind: TokenKind
  text: string
  /** Where a value stands, as profiles name it: `OBX-5.1`, `O-3[2].1`. */
  path?: string
}

export interface Line {
  /** Segment or record, where the line begins one. */
  name: string
  tokens: Token[]
}

interface Dialect {
  kind: 'hl7' | 'astm'
  field: string
  component: string
  repeat: string
  subcomponent: string | null
}

/** Where the record stood when its frame ended in the middle (␗): the next frame goes on there. */
interface Place {
  name: string
  field: number
  repeat: number
  component: number
  subcomponent: number
}

const framed = /^([\u2400-\u241f]*)(?:(?<=\u2402)([0-7]))?/u
const tail = /[\u2400-\u241f]*(?:[\u2403\u2417][0-9A-Fa-f]{0,2}[\u2400-\u241f]*)?$/u

/**
 * A message as the inbox shows it, control characters as ␂ and the like, in lines and tokens of which each value knows its path.
 * ASTM counts the record's letter as field 1; in HL7 the first field after the name is 1, except in MSH, FHS and BHS, whose separator is.
 */
export function linesOf(text: string): Line[] {
  const reading: Reading = { dialect: null, open: null }
  return split(text).map((raw) => {
    const [head = '', controls = '', frame = ''] = framed.exec(raw) ?? []
    const end = tail.exec(raw.slice(head.length))?.[0] ?? ''
    const tokens: Token[] = head ? [{ kind: 'control', text: controls + frame }] : []
    const name = readBody(reading, tokens, raw.slice(head.length, raw.length - end.length))
    if (end) tokens.push({ kind: 'control', text: end })
    if (!end.startsWith('\u2417')) reading.open = null
    return { name, tokens }
  })
}

interface Reading {
  dialect: Dialect | null
  open: Place | null
}

/** The tokens between the control characters; answers with the name of the record that begins here. */
function readBody(reading: Reading, tokens: Token[], body: string): string {
  const name = reading.open ? '' : nameOf(body)
  if (name) reading.dialect = dialectOf(name, body) ?? reading.dialect
  if (name && reading.dialect) reading.open = put(tokens, reading.dialect, body, name)
  else if (reading.open && reading.dialect) reading.open = go(tokens, reading.dialect, body, reading.open)
  else if (body) tokens.push({ kind: 'value', text: body })
  return name
}

/** Lines end at ␍ (with the ␊ after it) or at a real line end; a frame's ␃ and checksum stay with its line. */
function split(text: string): string[] {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .split('\n')
    .flatMap((line) => line.match(/(?:(?!\u240d).)*\u240d(?:[\u2403\u2417][0-9A-Fa-f]{0,2}\u240d?)?\u240a?|(?:(?!\u240d).)+/gsu) ?? [])
}

function nameOf(body: string): string {
  return /^([A-Z][A-Z0-9]{2}|[A-Z])(?=[^A-Za-z0-9\s]|$)/.exec(body)?.[1] ?? ''
}

/** The separators that a message declares in its first line. */
function dialectOf(name: string, body: string): Dialect | null {
  const [field, a, b, , d] = body.slice(name.length)
  if (!field || /[^\x21-\x7e]/.test(field)) return null
  if (['MSH', 'FHS', 'BHS'].includes(name)) return { kind: 'hl7', field, component: a ?? '^', repeat: b ?? '~', subcomponent: d ?? '&' }
  if (name === 'H') return { kind: 'astm', field, repeat: a ?? '\\', component: b ?? '^', subcomponent: null }
  return null
}

function put(tokens: Token[], dialect: Dialect, body: string, name: string): Place {
  tokens.push(dialect.kind === 'astm' ? { kind: 'name', text: name, path: `${name}-1` } : { kind: 'name', text: name })
  const rest = body.slice(name.length)
  const header = name === 'H' || ['MSH', 'FHS', 'BHS'].includes(name)
  const start: Place = { name, field: dialect.kind === 'astm' ? 1 : 0, repeat: 1, component: 1, subcomponent: 1 }
  if (!header) return go(tokens, dialect, rest, start)
  // What the header declares is no value with separators in it.
  const next = rest.indexOf(dialect.field, 1)
  const declared = next < 0 ? rest : rest.slice(0, next)
  tokens.push({ kind: 'separator', text: dialect.field }, { kind: 'value', text: declared.slice(1), path: `${name}-2` })
  return go(tokens, dialect, next < 0 ? '' : rest.slice(next), { ...start, field: 2 })
}

/** Goes through a record from a place on, token by token. */
function go(tokens: Token[], dialect: Dialect, text: string, from: Place): Place {
  const at = { ...from }
  const separators = [dialect.field, dialect.repeat, dialect.component, dialect.subcomponent]
  let from0 = 0
  const value = (end: number) => {
    if (end > from0) tokens.push({ kind: 'value', text: text.slice(from0, end), path: pathOf(dialect, text, from0, end, at) })
    from0 = end + 1
  }
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? ''
    if (!separators.includes(character)) continue
    value(index)
    if (character === dialect.field) Object.assign(at, { field: at.field + 1, repeat: 1, component: 1, subcomponent: 1 })
    else if (character === dialect.repeat) Object.assign(at, { repeat: at.repeat + 1, component: 1, subcomponent: 1 })
    else if (character === dialect.component) Object.assign(at, { component: at.component + 1, subcomponent: 1 })
    else at.subcomponent += 1
    tokens.push({ kind: 'separator', text: character })
  }
  value(text.length)
  return at
}

/** As short as is unambiguous: `R-4` for a field without components. */
function pathOf(dialect: Dialect, text: string, start: number, end: number, { name, field, repeat, component, subcomponent }: Place): string {
  const before = text[start - 1]
  const after = text[end]
  const parts = [dialect.component, dialect.subcomponent].filter((each) => each !== null)
  const hasComponents = component > 1 || subcomponent > 1 || (before !== undefined && parts.includes(before)) || (after !== undefined && parts.includes(after))
  const hasSubcomponents = subcomponent > 1 || (after !== undefined && after === dialect.subcomponent)
  return `${name}-${field}${repeat > 1 ? `[${repeat}]` : ''}${hasComponents ? `.${component}` : ''}${hasSubcomponents ? `.${subcomponent}` : ''}`
}
