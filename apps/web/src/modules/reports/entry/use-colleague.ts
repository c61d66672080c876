import type { Report } from '@aliquot/contracts'
import { useState } from 'react'
import { useSession } from '../../../platform/index.ts'
import { differences, type Difference } from './draft.ts'

export interface ColleagueChange {
  values: Difference[]
  status: Report['status'] | null
}

/** What others changed on this report since it was last looked at or changed here. */
export function useColleague(report: Report): { change: ColleagueChange | null; seen: (report: Report) => void } {
  const { user } = useSession()
  const [known, setKnown] = useState(report)
  if (known.version >= report.version) return { change: null, seen: setKnown }
  const own = new Set(report.values.filter(({ enteredBy }) => enteredBy.id === user.id).map(({ code }) => code))
  const values = differences(known, report).filter(({ code }) => code === null || !own.has(code))
  // Its own upload and the check of it are said where the file stands.
  const ownFile = report.file !== null && report.file.attachedBy.id === user.id && report.status === 'completed'
  const status = known.status === report.status || ownFile ? null : report.status
  return { change: values.length > 0 || status ? { values, status } : null, seen: setKnown }
}
