import { placeholdersOf, type MessageChannel, type MessageScope, type Rendered, type TemplateFault, type TemplateText } from '@aliquot/contracts'
import { smsSize } from './sms-size.ts'

/** Values of placeholders by name; one that is not known for this subject is empty. */
export type Values = Readonly<Record<string, string>>

const inBraces = /\{([^{}\n]*)\}/g

/** What is wrong with a text: placeholders that the scope does not have, with their positions. */
export function faultsOf(scope: MessageScope, { subject, body, whatsapp }: TemplateText): TemplateFault[] {
  const known = new Set(placeholdersOf(scope))
  const inText = (field: 'subject' | 'body', text: string): TemplateFault[] => [...text.matchAll(inBraces)]
    .filter(([, name]) => !known.has(name ?? ''))
    .map((match) => ({ field, at: match.index, length: match[0].length, text: match[0], message: advice(match[1] ?? '', known) }))
  const parameters = (whatsapp?.parameters ?? []).flatMap((name, at): TemplateFault[] =>
    (known.has(name) ? [] : [{ field: 'parameters', at, length: 1, text: name, message: advice(name, known) }]))
  return [...inText('subject', subject ?? ''), ...inText('body', body), ...parameters]
}

function advice(name: string, known: ReadonlySet<string>): string {
  const [near] = [...known].filter((each) => each.includes(name.trim().toLowerCase().split('.').at(-1) || '?'))
  return near ? `is no placeholder here; do you mean {${near}}?` : 'is no placeholder here'
}

/** Puts values in the places of their names; a name without a value leaves nothing. */
export function fill(channel: MessageChannel, { subject, body, whatsapp }: TemplateText, values: Values): Rendered {
  const filled = (text: string) => text.replace(inBraces, (_, name: string) => values[name] ?? '')
  const text = filled(body)
  const size = channel === 'sms' ? smsSize(text) : null
  return {
    // A line break in a subject would be a header of its own.
    subject: channel === 'email' ? filled(subject ?? '').replace(/\s+/g, ' ').trim() : null,
    body: text,
    parameters: whatsapp ? whatsapp.parameters.map((name) => values[name] ?? '') : null,
    length: size?.length ?? [...text].length, segments: size?.segments ?? null, encoding: size?.encoding ?? null,
  }
}

/** The text in this language, else the first. */
export function textIn(texts: readonly TemplateText[], language: string | null): TemplateText {
  const text = texts.find((each) => each.language === language) ?? texts[0]
  if (!text) throw new Error('A template has at least one text')
  return text
}
