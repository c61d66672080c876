import * as contract from '@aliquot/contracts'
import { viewed } from '#platform/activity'
import { serve } from '#platform/http'
import { change, read } from '#platform/unit-of-work'
import { closeCircuit } from './close-circuit.ts'
import { dropPartnerEvents, getPartnerEvent, listPartnerEvents, replayPartnerEvents } from './deliveries.ts'
import { createEndpoint, listEndpoints, listRequests, updateEndpoint } from './endpoints.ts'
import { listPartners } from './list-partners.ts'
import { partnerOf } from './partner-row.ts'
import { receiveHook } from './receive-hook.ts'
import { testPartner } from './test-partner.ts'
import { createPartner, rotateSecret, updatePartner } from './write-partner.ts'

export const routes = [
  serve(contract.listPartners, ({ actor, query }) => read(actor, (db) => listPartners(db, actor.labId, query))),
  serve(contract.getPartner, ({ actor, params }) => read(actor, (db) => partnerOf(db, actor.labId, params.partnerId))),
  serve(contract.createPartner, ({ actor, body }) => change(actor, (tx) => createPartner(tx, body))),
  serve(contract.updatePartner, ({ actor, params, body }) => change(actor, (tx) => updatePartner(tx, params.partnerId, body))),
  serve(contract.rotateSecret, ({ actor, params, body }) => change(actor, (tx) => rotateSecret(tx, params.partnerId, body))),
  serve(contract.testPartner, ({ actor, params }) => testPartner(actor, params.partnerId)),
  serve(contract.closeCircuit, ({ actor, params }) => change(actor, (tx) => closeCircuit(tx, params.partnerId))),

  serve(contract.listPartnerEvents, ({ actor, query }) => read(actor, (db) => listPartnerEvents(db, actor.labId, query))),
  serve(contract.getPartnerEvent, async ({ actor, params }) => {
    const found = await read(actor, (db) => getPartnerEvent(db, params.deliveryId))
    await viewed(actor, 'integrations.exchange_viewed', { id: found.delivery.id, message: found.delivery.message, patientId: found.delivery.patientId })
    return found
  }),
  serve(contract.replayPartnerEvents, ({ actor, body }) => change(actor, (tx) => replayPartnerEvents(tx, body.ids))),
  serve(contract.dropPartnerEvents, ({ actor, body }) => change(actor, (tx) => dropPartnerEvents(tx, body.ids))),

  serve(contract.receiveHook, ({ params, request, body }) => receiveHook(params.token, request.headers, body, request.id)),
  serve(contract.listEndpoints, ({ actor, query }) => read(actor, (db) => listEndpoints(db, actor.labId, query))),
  serve(contract.createEndpoint, ({ actor, body }) => change(actor, (tx) => createEndpoint(tx, body))),
  serve(contract.updateEndpoint, ({ actor, params, body }) => change(actor, (tx) => updateEndpoint(tx, params.endpointId, body))),
  serve(contract.listRequests, ({ actor, query }) => read(actor, (db) => listRequests(db, actor.labId, query))),
]
