import type { Part } from '../config/setting-list.ts'

/** Something that is needed does not answer, or not yet: to be tried again later. The message is for people. */
export class Away extends Error {
  readonly part: Part
  /** what the other side asked for, ms */
  readonly waitMs: number | null

  constructor(part: Part, message: string, waitMs: number | null = null) {
    super(message)
    this.name = 'Away'
    this.part = part
    this.waitMs = waitMs
  }
}
