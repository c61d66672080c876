import * as contract from '@aliquot/contracts'
import { labProfile } from '#modules/labs'
import { serve } from '#platform/http'
import { change, read } from '#platform/unit-of-work'
import { allowedTests, setAllowedTests } from './allowed-tests.ts'
import { addAttachment, listAttachments, removeAttachment } from './attachments.ts'
import { findDuplicates } from './find-duplicates.ts'
import { viewByGuid, viewOfPatient, viewPatient } from './get-patient.ts'
import { listPatients } from './list-patients.ts'
import { mergePatients } from './merge-patients.ts'
import { toPatient } from './patient-row.ts'
import { patientTimeline } from './patient-timeline.ts'
import { previewMerge } from './preview-merge.ts'
import { registerPatient } from './register-patient.ts'
import { setIdProofs } from './set-id-proofs.ts'

export const routes = [
  serve(contract.registerPatient, async ({ actor, body }) => {
    const lab = await labProfile(actor.labId)
    return change(actor, (tx) => registerPatient(tx, body, lab))
  }),
  serve(contract.listPatients, async ({ actor, query }) => {
    const lab = await labProfile(actor.labId)
    return read(actor, (db) => listPatients(db, query, lab))
  }),
  serve(contract.findDuplicates, async ({ actor, query }) => {
    const lab = await labProfile(actor.labId)
    return { duplicates: await read(actor, (db) => findDuplicates(db, query, lab)) }
  }),
  serve(contract.getPatient, async ({ actor, params: { patientId } }) => {
    const lab = await labProfile(actor.labId)
    return toPatient(await viewPatient(actor, patientId), lab, actor)
  }),
  serve(contract.getPatientByGuid, async ({ actor, params: { guid } }) => {
    const lab = await labProfile(actor.labId)
    return toPatient(await viewByGuid(actor, guid), lab, actor)
  }),
  serve(contract.previewMerge, async ({ actor, params: { patientId, mergeId } }) => previewMerge(actor, patientId, mergeId, await labProfile(actor.labId))),
  serve(contract.mergePatients, async ({ actor, params: { patientId }, body }) => {
    const lab = await labProfile(actor.labId)
    return change(actor, (tx) => mergePatients(tx, { keepId: patientId, ...body }, lab))
  }),
  serve(contract.getTimeline, ({ actor, params: { patientId }, query }) =>
    viewOfPatient(actor, patientId, (db, id, mergedIds) => patientTimeline(db, [id, ...mergedIds], query))),
  serve(contract.saveIdProofs, async ({ actor, params: { patientId }, body }) =>
    ({ idProofs: await change(actor, (tx) => setIdProofs(tx, patientId, body.idProofs)) })),
  serve(contract.listAttachments, ({ actor, params: { patientId }, query }) =>
    viewOfPatient(actor, patientId, (db, id) => listAttachments(db, id, query))),
  serve(contract.addAttachment, ({ actor, params: { patientId }, body }) => change(actor, (tx) => addAttachment(tx, patientId, body))),
  serve(contract.deleteAttachment, ({ actor, params: { patientId, attachmentId } }) =>
    change(actor, (tx) => removeAttachment(tx, patientId, attachmentId))),
  serve(contract.getAllowedTests, ({ actor, params: { patientId } }) => viewOfPatient(actor, patientId, allowedTests)),
  serve(contract.setAllowedTests, ({ actor, params: { patientId }, body }) => change(actor, (tx) => setAllowedTests(tx, patientId, body.testIds))),
]
