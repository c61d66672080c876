import { getObject } from '@aliquot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { routeQuery } from '../platform/queries.ts'
import type { Job } from '../platform/uploads/upload-job.ts'
import { uploads } from '../platform/uploads/uploads.ts'

/** Asks for the outcome of a file's check: by hint, and every few seconds, since hints may be lost. Shows nothing. */
export function CheckWatch({ job: { key, object } }: { job: Job }) {
  const id = object?.id ?? 0
  const { data } = useQuery({
    ...routeQuery(getObject, { params: { objectId: id } }, { live: [`object:${id}`], enabled: id > 0, staleTime: 0 }), refetchInterval: 4000,
  })
  useEffect(() => {
    if (data && (data.refusedBecause !== null || data.state !== 'uploaded')) uploads.checked(key, data)
  }, [key, data])
  return null
}
