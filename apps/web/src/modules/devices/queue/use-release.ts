import { countDeviceResults, listDeviceResults, listInstruments, releaseParameters, type DeviceResult } from '@aliquot/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toastDone, useRouteMutation } from '../../../platform/index.ts'
import type { Refused } from './refused-dialog.tsx'

/** As many as one request takes. */
export const mostReleased = 200

/** Lets results into their reports; those that were refused are named with the reason. */
export function useRelease(onSettled: (done: ReadonlySet<number>, refused: ReadonlySet<number>) => void) {
  const { t } = useTranslation('devices')
  const [refused, setRefused] = useState<Refused[]>([])
  const mutation = useRouteMutation(releaseParameters, { refreshes: [listDeviceResults, countDeviceResults, listInstruments] })
  const release = async (results: readonly DeviceResult[], confirmed = false) => {
    const { outcomes } = await mutation.mutateAsync({ body: { results: results.slice(0, mostReleased).map(({ id, version }) => ({ id, version, ...(confirmed ? { confirmed } : {}) })) } })
    const done = new Set(outcomes.filter(({ ok }) => ok).map(({ id }) => id))
    if (done.size > 0) toastDone(t('queue.released', { count: done.size }))
    const failed = outcomes.filter(({ ok }) => !ok)
    setRefused(failed.flatMap(({ id, code, detail }) => {
      const result = results.find((each) => each.id === id)
      return result ? [{ result, why: detail ?? code ?? '' }] : []
    }))
    onSettled(done, new Set(failed.map(({ id }) => id)))
  }
  return { release, pending: mutation.isPending, refused, forget: () => setRefused([]) }
}
