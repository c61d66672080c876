import * as contract from '@aliquot/contracts'
import { serve } from '#platform/http'
import { change, read } from '#platform/unit-of-work'
import { listTargets, retryCreation, saveTarget } from './entity-targets.ts'
import { listConfiguration, listTemplates } from './list-configuration.ts'
import { listDetails } from './list-details.ts'
import { resolveDetails } from './resolve-details.ts'
import { saveConfiguration } from './save-configuration.ts'
import { camelled } from './spellings.ts'
import { summariseDetails } from './summarise-details.ts'

export const routes = [
  serve(contract.listMissingDetailsTemplates, ({ actor }) => read(actor, listTemplates)),
  serve(contract.listMissingDetailsConfig, ({ actor, query }) =>
    read(actor, (db) => listConfiguration(db, { disabled: camelled(query).isDisabled ?? false }))),
  serve(contract.saveMissingDetailsConfig, ({ actor, body }) => change(actor, (tx) => saveConfiguration(tx, body.configs))),
  serve(contract.listMissingDetails, ({ actor, query }) => {
    const { field, userDetailsId, orgId, ...filters } = camelled(query)
    const names = {
      fieldName: filters.fieldName ?? field, patientId: filters.patientId ?? userDetailsId, organisationId: filters.organisationId ?? orgId,
    }
    return read(actor, (db) => listDetails(db, actor.labId, { ...filters, ...given(names) }))
  }),
  serve(contract.resolveMissingDetails, ({ actor, body }) =>
    change(actor, (tx) => resolveDetails(tx, { ids: body.ids, isResolved: camelled(body).isResolved ?? true }))),
  serve(contract.summariseMissingDetails, ({ actor }) => read(actor, (db) => summariseDetails(db, actor.labId))),
  serve(contract.listEntityTargets, ({ actor }) => read(actor, listTargets)),
  serve(contract.saveEntityTarget, ({ actor, body }) => change(actor, (tx) => saveTarget(tx, body))),
  serve(contract.retryEntityCreation, ({ actor, params }) => change(actor, (tx) => retryCreation(tx, params.creationId))),
]

type Given<V> = { [K in keyof V]?: Exclude<V[K], undefined> }
const given = <V extends object>(values: V): Given<V> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<V>
