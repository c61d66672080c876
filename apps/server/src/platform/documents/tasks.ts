import type { DicomAnswers } from './dicom.ts'
import type { Bands, CheckedPdf } from './index.ts'
import type { Rung } from './ladder.ts'
import type { RefusalCode } from './refusal.ts'
import type { PictureKind } from './sniff.ts'

interface Size {
  width: number
  height: number
}

/** What the child process can do: what a task is told beside its files, and what it answers beside the file that it writes. */
export interface Tasks {
  mend: { asks: { at: number; without: readonly Rung[] }; answers: Omit<CheckedPdf, 'bytes'> }
  picture: { asks: { kind: PictureKind }; answers: { pages: number } }
  measure: { asks: { kind: PictureKind }; answers: Size }
  merge: { asks: { at: readonly number[]; mostPages: number }; answers: { pages: number } }
  stamp: { asks: Omit<Bands, 'pdf'> & { at: number; acceptSignatureLoss: boolean }; answers: null }
  dicom: { asks: null; answers: DicomAnswers }
  describe: { asks: { at: number }; answers: { pages: number; signed: boolean; sizes: Size[] } }
}

export type TaskName = keyof Tasks

/** Files travel by path: a message of 50 MB would hold up both event loops for 30 to 80 ms, a file for 3. */
export interface Order {
  task: TaskName
  asks: unknown
  files: readonly string[]
  /** where the child puts the file that it makes */
  result: string
}

export type Reply =
  | { type: 'begin'; rung: Rung }
  | { type: 'done'; answers: unknown; wrote: boolean; rss: number }
  | { type: 'refused'; code: RefusalCode; detail: string; rss: number }
  | { type: 'signed'; rss: number }
  | { type: 'failed'; message: string; rss: number }
