import { Field } from './element.ts'
import type { Syntax, Value } from './element.ts'
import { parsePath } from './path.ts'
import type { Path } from './path.ts'
import { noSeparators } from './separators.ts'

/** One line of a message. Splits itself when it is first asked for a field. */
export class Segment {
  /** such as 'OBX'; '' for a line that does not begin with a name */
  readonly name: string
  /** as sent, without the line's end */
  readonly raw: string
  /** CR, LF, both, or '' for a last line without an end */
  readonly end: string
  readonly #syntax: Syntax
  #parts: string[] | undefined

  constructor(raw: string, end: string, syntax: Syntax) {
    this.name = nameOf(raw, syntax.separators.field)
    this.raw = raw
    this.end = end
    this.#syntax = syntax
  }

  get fields(): Field[] {
    return this.#split().slice(1).map((_, index) => this.field(index + 1))
  }

  /** Field `number`, from 1. MSH-1 is the field separator itself and MSH-2 the other separators, as they are. */
  field(number: number): Field {
    const literal = number < 3 && this.name === 'MSH'
    return new Field(this.#split()[number], literal ? { ...this.#syntax, separators: noSeparators } : this.#syntax)
  }

  /** The value at `5`, `3[2].1` or, with the segment's name, `OBX-5`; undefined where the path names another segment. */
  get(path: string | Path): Value {
    const { segment, field, repetition, component, subcomponent } = typeof path === 'string' ? parsePath(path) : path
    if (segment !== null && segment !== this.name) return undefined
    const found = this.field(field)
    if (repetition === null && component === null) return found.value
    const repeated = found.repetition(repetition ?? 1)
    if (component === null) return repeated.value
    const part = repeated.component(component)
    return subcomponent === null ? part.value : part.subcomponent(subcomponent).value
  }

  #split(): string[] {
    if (!this.#parts) {
      const { field } = this.#syntax.separators
      this.#parts = this.raw.split(field)
      if (this.name === 'MSH') this.#parts.splice(1, 0, field)
    }
    return this.#parts
  }
}

const nameOf = (line: string, fieldSeparator: string): string => {
  const next = line.charAt(3)
  return (next === '' || next === fieldSeparator) && /^[A-Z][A-Za-z\d]{2}/.test(line) ? line.slice(0, 3) : ''
}
