import { allowChannel, exportActivity, getRealtime, listActivity, listActivityActions, verifyActivity, searchEverything, type Permission, type SearchHit, type SearchKind } from '@aliquot/contracts'
import { labProfile } from './modules/labs/index.ts'
import { activityCsv, activityOf, verifyStretch } from './platform/activity/index.ts'
import { FileAnswer, serve } from './platform/http/index.ts'
import { allActions, type Module } from './platform/module/index.ts'
import { platformErrors } from './platform/errors/index.ts'
import { theBroadcaster } from './platform/realtime/index.ts'
import { find, indexDocuments } from './platform/search/index.ts'
import { change, now, read } from './platform/unit-of-work/index.ts'

/** What one must be allowed to see for a kind of record to be found. */
const needed: Record<SearchKind, Permission> = {
  patient: 'patients.view', report: 'reports.view', accession: 'reports.view', bill: 'billing.view', staff: 'labs.view_staff', test: 'catalog.view', object: 'storage.manage',
  instrument: 'devices.view', activity: 'platform.view_activity',
}
const kindsOf = Object.keys(needed) as SearchKind[]

/** Links of the chain that one request recomputes; a link seals up to two thousand entries. */
const linksAtOnce = 50

/** The routes of the platform itself: one search box, one activity log. */
export const core: Module = {
  name: 'platform',
  actions: { 'platform.activity_exported': { category: 900, subject: 'lab', says: 'Exported the activity log' } },
  jobs: { 'platform.index_documents': indexDocuments },
  routes: [
    serve(searchEverything, async ({ actor, query }) => {
      const kinds = (query.kinds ?? kindsOf).filter((kind) => actor.permissions.has(needed[kind]))
      const hits = kinds.length === 0 ? [] : await find(actor, { q: query.q, kinds, most: query.limit ?? 20 })
      return { hits: hits as SearchHit[] }
    }),
    serve(getRealtime, async ({ actor }) => theBroadcaster()?.settings(actor.labId) ?? { driver: 'events' as const }),
    serve(allowChannel, async ({ actor, body }) => {
      const auth = theBroadcaster()?.allow(actor.labId, body.socketId, body.channel)
      if (auth === undefined) throw platformErrors.not_found()
      if (auth === null) throw platformErrors.forbidden({ permission: 'the channel of your own lab' })
      return { auth }
    }),
    serve(listActivity, async ({ actor, query }) => {
      const { timezone: zone } = await labProfile(actor.labId)
      return read(actor, (db) => activityOf(db, { ...query, zone }))
    }),
    serve(exportActivity, async ({ actor, query }) => {
      const { timezone: zone } = await labProfile(actor.labId)
      await change(actor, async (tx) => tx.record('platform.activity_exported', { id: actor.labId }, { ...query }))
      return new FileAnswer(activityCsv(actor, { ...query, zone }), 'text/csv; charset=utf-8', `activity-${now().toISOString().slice(0, 10)}.csv`, 'attachment')
    }),
    serve(listActivityActions, async () => ({ items: allActions().map(([action, { category, subject, says }]) => ({ action, category, subject, says })) })),
    serve(verifyActivity, async ({ actor, query }) => verifyStretch(actor.labId, query.from ?? 1, linksAtOnce)),
  ],
}
