import * as contract from '@aliquot/contracts'
import { serve } from '#platform/http'
import { change, read } from '#platform/unit-of-work'
import { cleanUp } from './clean-up.ts'
import { downloadLink, downloadLinkAt } from './download-link.ts'
import { listObjects, storageSummary } from './ledger.ts'
import { checkAgain, removeObject } from './look-after.ts'
import { openUpload } from './open-upload.ts'
import { reconcileObject } from './reconcile-object.ts'
import { ledgerRow, shown } from './stored-object.ts'

export const routes = [
  serve(contract.reserveUpload, ({ actor, body }) => openUpload(actor, body)),
  serve(contract.reconcileUpload, ({ actor, body }) => reconcileObject(actor, body.filePath)),
  serve(contract.getObject, async ({ actor, params }) => shown(await read(actor, (db) => ledgerRow(db, params.objectId)))),
  serve(contract.getDownloadLink, ({ actor, params, query }) => downloadLink(actor, params.objectId, query.original)),
  serve(contract.getDownloadLinkByPath, ({ actor, query }) => downloadLinkAt(actor, query.filePath)),
  serve(contract.listObjects, ({ actor, query }) => read(actor, (db) => listObjects(db, actor.labId, query))),
  serve(contract.getStorageSummary, ({ actor }) => storageSummary(actor)),
  serve(contract.cleanUp, ({ actor, body }) => cleanUp(actor, body)),
  serve(contract.removeObject, ({ actor, params, body }) => change(actor, (tx) => removeObject(tx, params.objectId, body))),
  serve(contract.checkAgain, ({ actor, params }) => change(actor, (tx) => checkAgain(tx, params.objectId))),
]
