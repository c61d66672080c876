import * as contract from '@aliquot/contracts'
import { viewed } from '#platform/activity'
import { serve } from '#platform/http'
import { change, read } from '#platform/unit-of-work'
import { saveDeviceResults } from './handed-over-results.ts'
import { createInstrument, listInstruments, updateInstrument } from './instruments.ts'
import { matchResults } from './match-results.ts'
import { dismissMessages, getMessage, listMessages } from './messages.ts'
import { createProfile, getProfile, installProfiles, listProfiles, updateProfile } from './profiles.ts'
import { commentQcResult, createQcLot, listQcLots, qcChart, updateQcLot } from './qc.ts'
import { releaseParameters } from './release.ts'
import { replayMessages } from './replay.ts'
import { countResults, dismissResults, listDeviceResults, listUnmappedCodes } from './results.ts'
import { sendOrders } from './send-orders.ts'
import { tryProfile } from './try-profile.ts'

export const routes = [
  serve(contract.listInstruments, ({ actor, query }) => read(actor, (db) => listInstruments(db, actor.labId, query))),
  serve(contract.createInstrument, ({ actor, body }) => change(actor, (tx) => createInstrument(tx, body))),
  serve(contract.updateInstrument, ({ actor, params, body }) => change(actor, (tx) => updateInstrument(tx, params.instrumentId, body))),
  serve(contract.sendOrders, ({ actor, params, body }) => change(actor, (tx) => sendOrders(tx, params.instrumentId, body))),

  serve(contract.listProfiles, ({ actor, query }) => read(actor, (db) => listProfiles(db, query))),
  serve(contract.getProfile, ({ actor, params, query }) => read(actor, (db) => getProfile(db, params.profileId, query.version))),
  serve(contract.createProfile, ({ actor, body }) => change(actor, (tx) => createProfile(tx, body))),
  serve(contract.installProfiles, ({ actor }) => change(actor, (tx) => installProfiles(tx))),
  serve(contract.updateProfile, ({ actor, params, body }) => change(actor, (tx) => updateProfile(tx, params.profileId, body))),
  serve(contract.tryProfile, ({ actor, body }) => read(actor, (db) => tryProfile(db, actor.labId, body))),

  serve(contract.listMessages, ({ actor, query }) => read(actor, (db) => listMessages(db, actor.labId, query))),
  serve(contract.getMessage, async ({ actor, params }) => {
    const message = await read(actor, (db) => getMessage(db, params.messageId))
    await viewed(actor, 'devices.message_viewed', message)
    return message
  }),
  serve(contract.replayMessages, ({ actor, body }) => replayMessages(actor, body)),
  serve(contract.dismissMessages, ({ actor, body }) => change(actor, (tx) => dismissMessages(tx, body))),

  serve(contract.listDeviceResults, ({ actor, query }) => read(actor, (db) => listDeviceResults(db, actor.labId, query))),
  serve(contract.countDeviceResults, ({ actor }) => read(actor, (db) => countResults(db, actor.labId))),
  serve(contract.saveDeviceResults, ({ actor, body }) => saveDeviceResults(actor, body)),
  serve(contract.releaseParameters, async ({ actor, body }) => ({ outcomes: await releaseParameters(actor, body.results) })),
  serve(contract.matchResults, ({ actor, body }) => matchResults(actor, body)),
  serve(contract.dismissResults, ({ actor, body }) => change(actor, (tx) => dismissResults(tx, body))),
  serve(contract.listUnmappedCodes, ({ actor, query }) => read(actor, (db) => listUnmappedCodes(db, actor.labId, query))),

  serve(contract.listQcLots, ({ actor, query }) => read(actor, (db) => listQcLots(db, actor.labId, query))),
  serve(contract.createQcLot, ({ actor, body }) => change(actor, (tx) => createQcLot(tx, body))),
  serve(contract.updateQcLot, ({ actor, params, body }) => change(actor, (tx) => updateQcLot(tx, params.lotId, body))),
  serve(contract.getQcChart, ({ actor, params, query }) => read(actor, (db) => qcChart(db, actor.labId, params.lotId, query))),
  serve(contract.commentQcResult, ({ actor, params, body }) => change(actor, (tx) => commentQcResult(tx, params.qcResultId, body))),
]
