import type { RefusalCode } from '../refusal.ts'

/** A file to try, and what must become of it. */
export interface Sample {
  name: string
  bytes: Uint8Array
  /** `pages` in the file that comes out, at least that many where a part of the file is gone; or why it is refused */
  expect: { pages: number; step?: 'kept' | 'repaired' | 'rebuilt' | 'rescued'; atLeast?: boolean } | { refused: RefusalCode }
  /** the file before it was damaged, where its first page must still look like that */
  original?: Uint8Array
}
