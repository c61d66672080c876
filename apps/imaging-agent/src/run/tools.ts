import type { Logger } from 'pino'
import type { Settings } from '../config/settings.ts'
import type { Source } from '../source/source.ts'
import type { State } from '../state/state.ts'
import type { BucketDriver } from '../upload/bucket.ts'

/** What one run works with, opened once. */
export interface Tools {
  settings: Settings
  state: State
  source: Source
  bucket: BucketDriver
  log: Logger
  /** Aborted when the run is to end: what was begun is finished, nothing new is. */
  signal: AbortSignal
  /** Told of every image that was sent. */
  onSent(bytes: number): void
}
