import * as contract from '@aliquot/contracts'
import type { Actor } from '#platform/auth'
import { serve } from '#platform/http'
import { change, read, type Tx } from '#platform/unit-of-work'
import { copyMaster } from './copy-master.ts'
import { createMaster } from './create-master.ts'
import { listTargets, mapTargets, unmapTargets } from './device-targets.ts'
import { forgetMasters, listMasters, oneMaster } from './masters.ts'
import { restoreMappings } from './restore-mappings.ts'
import { disableMaster, enableMaster } from './switch-master.ts'
import { updateMaster } from './update-master.ts'

/** What the caller asks next shows what it just wrote. */
async function changeMasters<T>(actor: Actor, command: (tx: Tx) => Promise<T>): Promise<T> {
  const done = await change(actor, command)
  await forgetMasters(actor.labId)
  return done
}

export const routes = [
  serve(contract.listGenes, ({ actor, query }) => listMasters(actor.labId, 'gene', query)),
  serve(contract.getGene, ({ actor, params }) => read(actor, (db) => oneMaster(db, 'gene', params.geneId))),
  serve(contract.createGene, ({ actor, body }) => changeMasters(actor, (tx) => createMaster(tx, 'gene', body))),
  serve(contract.updateGene, ({ actor, params, body }) => changeMasters(actor, (tx) => updateMaster(tx, 'gene', params.geneId, body))),
  serve(contract.disableGene, ({ actor, params }) => changeMasters(actor, (tx) => disableMaster(tx, 'gene', params.geneId))),
  serve(contract.enableGene, ({ actor, params }) => changeMasters(actor, (tx) => enableMaster(tx, 'gene', params.geneId))),
  serve(contract.copyGene, ({ actor, params }) => changeMasters(actor, (tx) => copyMaster(tx, 'gene', params.geneId))),

  serve(contract.listAntibiotics, ({ actor, query }) => listMasters(actor.labId, 'antibiotic', query)),
  serve(contract.getAntibiotic, ({ actor, params }) => read(actor, (db) => oneMaster(db, 'antibiotic', params.antibioticId))),
  serve(contract.createAntibiotic, ({ actor, body }) => changeMasters(actor, (tx) => createMaster(tx, 'antibiotic', body))),
  serve(contract.updateAntibiotic, ({ actor, params, body }) =>
    changeMasters(actor, (tx) => updateMaster(tx, 'antibiotic', params.antibioticId, body))),
  serve(contract.disableAntibiotic, ({ actor, params }) => changeMasters(actor, (tx) => disableMaster(tx, 'antibiotic', params.antibioticId))),
  serve(contract.enableAntibiotic, ({ actor, params }) => changeMasters(actor, (tx) => enableMaster(tx, 'antibiotic', params.antibioticId))),
  serve(contract.copyAntibiotic, ({ actor, params }) => changeMasters(actor, (tx) => copyMaster(tx, 'antibiotic', params.antibioticId))),
  serve(contract.restoreAntibioticMappings, ({ actor, params }) =>
    changeMasters(actor, (tx) => restoreMappings(tx, 'antibiotic', params.antibioticId))),
  serve(contract.listOrganismsOfAntibiotic, async ({ actor, params }) => {
    const { organisms } = await read(actor, (db) => oneMaster(db, 'antibiotic', params.antibioticId))
    return { organisms }
  }),

  serve(contract.listOrganisms, ({ actor, query }) => listMasters(actor.labId, 'organism', query)),
  serve(contract.getOrganism, ({ actor, params }) => read(actor, (db) => oneMaster(db, 'organism', params.organismId))),
  serve(contract.createOrganism, ({ actor, body }) => changeMasters(actor, (tx) => createMaster(tx, 'organism', body))),
  serve(contract.updateOrganism, ({ actor, params, body }) => changeMasters(actor, (tx) => updateMaster(tx, 'organism', params.organismId, body))),
  serve(contract.disableOrganism, ({ actor, params }) => changeMasters(actor, (tx) => disableMaster(tx, 'organism', params.organismId))),
  serve(contract.enableOrganism, ({ actor, params }) => changeMasters(actor, (tx) => enableMaster(tx, 'organism', params.organismId))),
  serve(contract.copyOrganism, ({ actor, params }) => changeMasters(actor, (tx) => copyMaster(tx, 'organism', params.organismId))),
  serve(contract.restoreOrganismMappings, ({ actor, params }) => changeMasters(actor, (tx) => restoreMappings(tx, 'organism', params.organismId))),
  serve(contract.listAntibioticsOfOrganism, async ({ actor, params }) => {
    const { antibiotics, molecular_antibiotics } = await read(actor, (db) => oneMaster(db, 'organism', params.organismId))
    return { antibiotics, molecular_antibiotics }
  }),

  serve(contract.listDeviceGenes, ({ actor, params }) => read(actor, (db) => listTargets(db, 'gene', params.deviceId))),
  serve(contract.mapDeviceGenes, ({ actor, params, body }) => changeMasters(actor, (tx) => mapTargets(tx, 'gene', params.deviceId, body.mappings))),
  serve(contract.unmapDeviceGenes, ({ actor, params, query }) => changeMasters(actor, (tx) => unmapTargets(tx, 'gene', params.deviceId, query.id))),
  serve(contract.listDeviceOrganisms, ({ actor, params }) => read(actor, (db) => listTargets(db, 'organism', params.deviceId))),
  serve(contract.mapDeviceOrganisms, ({ actor, params, body }) =>
    changeMasters(actor, (tx) => mapTargets(tx, 'organism', params.deviceId, body.mappings))),
  serve(contract.unmapDeviceOrganisms, ({ actor, params, query }) =>
    changeMasters(actor, (tx) => unmapTargets(tx, 'organism', params.deviceId, query.id))),
]
