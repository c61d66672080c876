import * as contract from '@aliquot/contracts'
import { viewed } from '#platform/activity'
import { FileAnswer, serve } from '#platform/http'
import { change, read } from '#platform/unit-of-work'
import { getConsent, setConsent } from './consent.ts'
import { chartDeliveries, countDeliveries, getDelivery, listDeliveries, sendAgain } from './deliveries.ts'
import { attachmentName } from './hand-over.ts'
import { installTemplates } from './install-templates.ts'
import { createProvider, listProviders, updateProvider } from './providers.ts'
import { getReportLink, openReportLink } from './report-link.ts'
import { sendByHand } from './send-by-hand.ts'
import { messageSettings, updateMessageSettings } from './settings.ts'
import { takeCallback } from './take-callback.ts'
import { createTemplate, listTemplates, updateTemplate } from './templates.ts'
import { createTrigger, listTriggers, updateTrigger } from './triggers.ts'
import { previewTemplate, testProvider, tryTrigger } from './try-out.ts'

export const routes = [
  serve(contract.listDeliveries, ({ actor, query }) => read(actor, (db) => listDeliveries(db, actor.labId, query))),
  serve(contract.countDeliveries, ({ actor }) => read(actor, (db) => countDeliveries(db, actor.labId))),
  serve(contract.chartDeliveries, ({ actor, query }) => read(actor, (db) => chartDeliveries(db, actor.labId, query))),
  serve(contract.getDelivery, async ({ actor, params }) => {
    const delivery = await read(actor, (db) => getDelivery(db, params.deliveryId))
    await viewed(actor, 'communications.delivery_viewed', { id: delivery.id, patientId: delivery.patient?.id ?? null, recipient: delivery.recipient.name })
    return delivery
  }),
  serve(contract.sendAgain, ({ actor, body }) => change(actor, (tx) => sendAgain(tx, body))),
  serve(contract.sendCommunication, ({ actor, body }) => change(actor, (tx) => sendByHand(tx, body))),

  serve(contract.listTemplates, ({ actor, query }) => read(actor, (db) => listTemplates(db, query))),
  serve(contract.createTemplate, ({ actor, body }) => change(actor, (tx) => createTemplate(tx, body))),
  serve(contract.updateTemplate, ({ actor, params, body }) => change(actor, (tx) => updateTemplate(tx, params.templateId, body))),
  serve(contract.installTemplates, ({ actor }) => change(actor, (tx) => installTemplates(tx))),
  serve(contract.previewTemplate, ({ actor, body }) => read(actor, (db) => previewTemplate(db, actor.labId, body))),

  serve(contract.listTriggers, ({ actor, query }) => read(actor, (db) => listTriggers(db, query))),
  serve(contract.createTrigger, ({ actor, body }) => change(actor, (tx) => createTrigger(tx, body))),
  serve(contract.updateTrigger, ({ actor, params, body }) => change(actor, (tx) => updateTrigger(tx, params.triggerId, body))),
  serve(contract.tryTrigger, ({ actor, body }) => read(actor, (db) => tryTrigger(db, actor.labId, body))),

  serve(contract.listProviders, ({ actor, query }) => read(actor, (db) => listProviders(db, actor.labId, query))),
  serve(contract.createProvider, ({ actor, body }) => change(actor, (tx) => createProvider(tx, body))),
  serve(contract.updateProvider, ({ actor, params, body }) => change(actor, (tx) => updateProvider(tx, params.providerId, body))),
  serve(contract.testProvider, ({ actor, params, body }) => testProvider(actor, params.providerId, body)),

  serve(contract.getMessageSettings, ({ actor }) => read(actor, messageSettings)),
  serve(contract.updateMessageSettings, ({ actor, body }) => change(actor, (tx) => updateMessageSettings(tx, body))),
  serve(contract.getConsent, ({ actor, params }) => read(actor, (db) => getConsent(db, params.patientId))),
  serve(contract.setConsent, ({ actor, params, body }) => change(actor, (tx) => setConsent(tx, params.patientId, body))),

  serve(contract.takeCallback, ({ params, body, request }) =>
    takeCallback(params.callbackKey, { path: request.url, headers: request.headers, body: Buffer.from(body) })),
  serve(contract.getReportLink, ({ params }) => getReportLink(params.token)),
  serve(contract.openReportLink, async ({ params, body }) => {
    const { bytes, numbers } = await openReportLink(params.token, body)
    return new FileAnswer(Buffer.from(bytes), 'application/pdf', attachmentName(numbers))
  }),
]
