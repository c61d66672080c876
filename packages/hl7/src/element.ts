import { unescapeText } from './escape.ts'
import type { Separators } from './separators.ts'

/**
 * undefined: not sent. '': sent without a value, which changes nothing. null: the HL7 null `""`, which deletes what the receiver holds.
 * Otherwise the text, unescaped; separators of lower levels stay in it.
 */
export type Value = string | null | undefined

/** What the elements of a message need to read themselves. */
export interface Syntax {
  separators: Separators
  /** label of the character set, for `\Xhh\` */
  charset: string
}

abstract class Element {
  /** as sent; undefined where nothing was sent */
  readonly raw: string | undefined
  protected readonly syntax: Syntax

  constructor(raw: string | undefined, syntax: Syntax) {
    this.raw = raw
    this.syntax = syntax
  }

  get value(): Value {
    if (this.raw === undefined) return undefined
    return this.raw === '""' ? null : unescapeText(this.raw, this.syntax.separators, this.syntax.charset)
  }
}

const split = (raw: string | undefined, separator: string): string[] =>
  raw === undefined ? [] : separator === '' ? [raw] : raw.split(separator)

export class Subcomponent extends Element {}

export class Component extends Element {
  get subcomponents(): Subcomponent[] {
    return split(this.raw, this.syntax.separators.subcomponent).map((raw) => new Subcomponent(raw, this.syntax))
  }

  subcomponent(number: number): Subcomponent {
    return new Subcomponent(split(this.raw, this.syntax.separators.subcomponent)[number - 1], this.syntax)
  }
}

export class Repetition extends Element {
  get components(): Component[] {
    return split(this.raw, this.syntax.separators.component).map((raw) => new Component(raw, this.syntax))
  }

  component(number: number): Component {
    return new Component(split(this.raw, this.syntax.separators.component)[number - 1], this.syntax)
  }
}

export class Field extends Element {
  get repetitions(): Repetition[] {
    return split(this.raw, this.syntax.separators.repetition).map((raw) => new Repetition(raw, this.syntax))
  }

  repetition(number: number): Repetition {
    return new Repetition(split(this.raw, this.syntax.separators.repetition)[number - 1], this.syntax)
  }

  /** A component of the first repetition. */
  component(number: number): Component {
    return this.repetition(1).component(number)
  }
}
