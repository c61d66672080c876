import * as contract from '@aliquot/contracts'
import { serve } from '#platform/http'
import { change, read } from '#platform/unit-of-work'
import { addCard, listCards, removeCard, resolvePatients } from './cards.ts'
import { createClinic, createClinicKey, listClinicKeys, listClinics, reportSkipped, updateClinic, withdrawClinicKey } from './clinics.ts'
import { checkAgain, discardImage, fileImage } from './decide.ts'
import { getImage, listPatientImages, listSetAside, shareImage } from './images.ts'
import { importCards } from './import-cards.ts'
import { lookForImages } from './look-for-images.ts'
import { noteUploads } from './note-images.ts'
import { openUploads } from './open-uploads.ts'

export const routes = [
  serve(contract.resolvePatients, ({ actor, body }) => read(actor, (db) => resolvePatients(db, actor, body))),
  serve(contract.openImageUploads, ({ actor, body }) => openUploads(actor, body)),
  serve(contract.noteImageUploads, ({ actor, body }) => change(actor, (tx) => noteUploads(tx, body))),
  serve(contract.reportSkipped, ({ actor, body }) => change(actor, (tx) => reportSkipped(tx, body))),

  serve(contract.listPatientImages, ({ actor, params, query }) => listPatientImages(actor, params.patientGuid, query)),
  serve(contract.getDentalImage, ({ actor, params }) => getImage(actor, params.imageId)),
  serve(contract.shareDentalImage, ({ actor, params, body }) => shareImage(actor, params.imageId, body)),

  serve(contract.listSetAside, ({ actor, query }) => listSetAside(actor, query)),
  serve(contract.fileDentalImage, ({ actor, params, body }) => change(actor, (tx) => fileImage(tx, params.imageId, body))),
  serve(contract.discardDentalImage, ({ actor, params, body }) => change(actor, (tx) => discardImage(tx, params.imageId, body))),
  serve(contract.checkDentalImage, ({ actor, params, body }) => change(actor, (tx) => checkAgain(tx, params.imageId, body))),
  serve(contract.lookForImages, ({ actor }) => change(actor, async (tx) => lookForImages(tx))),

  serve(contract.listClinics, ({ actor, query }) => read(actor, (db) => listClinics(db, query))),
  serve(contract.createClinic, ({ actor, body }) => change(actor, (tx) => createClinic(tx, body))),
  serve(contract.updateClinic, ({ actor, params, body }) => change(actor, (tx) => updateClinic(tx, params.clinicId, body))),
  serve(contract.listClinicKeys, ({ actor, params, query }) => listClinicKeys(actor, params.clinicId, query)),
  serve(contract.createClinicKey, ({ actor, params, body }) => createClinicKey(actor, params.clinicId, body)),
  serve(contract.withdrawClinicKey, ({ actor, params }) => withdrawClinicKey(actor, params.clinicId, params.apiKeyId)),

  serve(contract.listCards, ({ actor, query }) => read(actor, (db) => listCards(db, query))),
  serve(contract.addCard, ({ actor, body }) => change(actor, (tx) => addCard(tx, body))),
  serve(contract.removeCard, ({ actor, params }) => change(actor, (tx) => removeCard(tx, params.cardRowId))),
  serve(contract.importCards, ({ actor, body }) => change(actor, (tx) => importCards(tx, body))),
]
