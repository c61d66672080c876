import type { FileCategory, StoredObject } from '@aliquot/contracts'
import { randomId } from '@mantine/hooks'
import { useCallback, useRef, useState } from 'react'
import { ApiProblem } from '../../../platform/problem.ts'
import { uploadFile } from '../../../platform/upload-file.ts'

export interface Upload {
  key: string
  file: File
  title: string
  /** 0 to 1. */
  progress: number
  /** The connection is lost; it goes on when it is back. */
  waiting: boolean
  /** Uploaded; its check follows. */
  object: StoredObject | null
  problem: ApiProblem | null
}

/** Files on their way to the store, each with its progress; a failed one can be sent again. */
export function useUploads(category: FileCategory, patientId: number | null) {
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const stops = useRef(new Map<string, AbortController>())
  const change = useCallback((key: string, part: Partial<Upload>) => {
    setUploads((all) => all.map((each) => (each.key === key ? { ...each, ...part } : each)))
  }, [])
  const send = useCallback((key: string, file: File) => {
    const stop = new AbortController()
    stops.current.set(key, stop)
    change(key, { progress: 0, waiting: false, problem: null })
    uploadFile(file, { category, patientId }, {
      signal: stop.signal, onProgress: (progress) => change(key, { progress }), onWait: (waiting) => change(key, { waiting }),
    }).then(
      (object) => change(key, { object, progress: 1 }),
      (problem: unknown) => problem instanceof ApiProblem && change(key, { problem }),
    )
  }, [category, patientId, change])
  const add = useCallback((files: readonly File[]) => {
    const fresh = files.map((file): Upload => (
      { key: randomId(), file, title: titleOf(file.name), progress: 0, waiting: false, object: null, problem: null }
    ))
    setUploads((all) => [...all, ...fresh])
    for (const { key, file } of fresh) send(key, file)
  }, [send])
  const drop = useCallback((key: string) => {
    stops.current.get(key)?.abort()
    setUploads((all) => all.filter((each) => each.key !== key))
  }, [])
  return { uploads, add, drop, change, retry: ({ key, file }: Upload) => send(key, file) }
}

/** `scan_of_old-report.pdf` → `scan of old-report` */
function titleOf(name: string): string {
  return name.replace(/\.[^.]{1,5}$/, '').replaceAll('_', ' ').trim().slice(0, 160) || name.slice(0, 160)
}
