import type { Actor } from '../auth/actor.ts'

export interface SearchHit {
  kind: string
  id: number
  title: string
  subtitle: string
  url: string
}

export interface SearchText {
  q: string
  kinds: readonly string[]
  most: number
}

/** A search document as its table keeps it; `body` is folded. */
export interface SearchDocument extends SearchHit {
  labId: number
  body: string
  organisationId: number | null
  doctorId: number | null
  at: string
}

/** What became of one record: its document, or null where it is to be found no longer. */
export interface DocumentChange {
  labId: number
  kind: string
  id: number
  document: SearchDocument | null
}

/** Finds records of the lab and the reach of whoever asks. Every driver passes contract.test.ts. */
export interface SearchDriver {
  find(actor: Pick<Actor, 'labId' | 'organisationId' | 'doctorId'>, text: SearchText): Promise<SearchHit[]>
}

/** A driver that keeps documents of its own, which committed jobs bring to it. */
export interface SearchCluster extends SearchDriver {
  /** Of two changes of one record the one of the higher version stays, whichever comes last; also in an index that is being filled. */
  write(version: number, changes: readonly DocumentChange[]): Promise<void>
  /** Begins a new index for a kind; nobody finds anything in it before `finish`. One that was begun earlier and not finished is dropped. */
  begin(kind: string): Promise<void>
  /** Writes to the new index alone. */
  fill(version: number, changes: readonly DocumentChange[]): Promise<void>
  /** From now on the kind is searched in the new index alone; the old one is removed. */
  finish(kind: string): Promise<void>
  close(): Promise<void>
}

/** The job that tells the cluster; the platform's manifest declares it. */
export const indexJob = 'platform.index_documents'

let cluster: SearchCluster | null = null

export function useCluster(next: SearchCluster | null): void {
  cluster = next
}

export const theCluster = (): SearchCluster | null => cluster
