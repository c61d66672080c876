import type { Letterhead, StoredObject, UploadTicket } from '@aliquot/contracts'
import type { ApiProblem } from '../problem.ts'

/** The report that files are for, and how staff recognise it. */
export interface Target {
  reportId: number
  /** As it was when the files were chosen: nobody's later work is replaced unseen. */
  version: number
  patient: { id: number; fullName: string; number: string }
  test: string
  letterhead?: Letterhead
  /** Why a signed report gets another file. */
  reason?: string
}

/** One file of an upload, with how far it got. */
export interface Part {
  key: string
  file: File
  ticket: UploadTicket | null
  /** Arrived: its name from now on. */
  filePath: string | null
  /** 0 to 1, of its bytes, by the present try. */
  sent: number
}

/** What outlives a crash of the browser. */
export interface Kept {
  key: string
  /** Whose: `<lab>:<user>`. Another person at the same desk is offered nothing of it. */
  owner: string
  target: Target
  /** In the order of their pages. */
  parts: Part[]
  startedAt: number
}

/**
 * interrupted: found again after a reload, waits for somebody. waiting: for the connection. checking: the report has its file, whose check
 * runs. refused: by that check, or before; another try would not help. failed: could not be sent or attached now.
 */
export type JobState = 'interrupted' | 'queued' | 'sending' | 'waiting' | 'attaching' | 'checking' | 'ready' | 'refused' | 'failed'

export interface Job extends Kept {
  state: JobState
  problem: ApiProblem | null
  /** The report's file, once attached. */
  object: StoredObject | null
}

const unfinished: readonly JobState[] = ['queued', 'sending', 'waiting', 'attaching']

/** Closing the page would interrupt it. */
export const isRunning = ({ state }: Pick<Job, 'state'>): boolean => unfinished.includes(state)

export const nameOf = ({ parts }: Pick<Kept, 'parts'>): string => parts.map(({ file }) => file.name).join(', ')

/** 0 to 1, of all bytes. */
export function progressOf({ parts }: Pick<Kept, 'parts'>): number {
  const all = parts.reduce((sum, { file }) => sum + file.size, 0)
  return parts.reduce((sum, { file, sent }) => sum + file.size * sent, 0) / Math.max(1, all)
}
