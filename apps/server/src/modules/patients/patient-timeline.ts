import type { ActivityEntry, TimelineEntry } from '@aliquot/contracts'
import { activityOf } from '#platform/activity'
import type { Page } from '#platform/http'
import type { Reader } from '#platform/unit-of-work'

type Kind = TimelineEntry['kind']

const kinds: Record<string, Kind> = {
  bill: 'bill', payment: 'payment', specimen: 'specimen', accession: 'specimen', report: 'report', attachment: 'attachment', object: 'attachment',
}

/** Everything that happened with a patient, newest first, as the activity log tells it; what happened with records merged into it too. */
export async function patientTimeline(db: Reader, patientIds: readonly number[], page: { cursor?: string; limit?: number }): Promise<Page<TimelineEntry>> {
  const { items, next } = await activityOf(db, { ...page, patientId: patientIds.length === 1 ? patientIds[0] ?? 0 : patientIds })
  return { items: items.map(toEntry), next }
}

const toEntry = (entry: ActivityEntry): TimelineEntry => ({
  at: entry.at, kind: kindOf(entry), title: entry.message, detail: detailOf(entry), actor: entry.actor, url: urlOf(entry),
})

function kindOf({ action, subject }: ActivityEntry): Kind {
  if (action === 'patients.registered') return 'registration'
  if (/viewed$|downloaded$/.test(action)) return 'view'
  return kinds[subject.type] ?? 'change'
}

/** The names of the fields that a change was about, or the reason that was given. */
function detailOf({ detail }: ActivityEntry): string | null {
  if (typeof detail?.reason === 'string') return detail.reason
  const changed = detail?.changed
  return changed && typeof changed === 'object' && Object.keys(changed).length > 0 ? Object.keys(changed).join(', ') : null
}

/** Screens of the web application, by the kind of record. */
function urlOf({ subject }: ActivityEntry): string | null {
  if (subject.type === 'report') return `/reports/${subject.id}`
  if (subject.type === 'accession') return `/accessions/${subject.id}`
  return subject.type === 'bill' ? `/bills/${subject.id}` : null
}
