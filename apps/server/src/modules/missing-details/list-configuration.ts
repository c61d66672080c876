import type { MissingDetailsConfig, MissingDetailsTemplate, MissingFieldCategory, MissingFieldModule } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { Reader, Tx } from '#platform/unit-of-work'
import { fields } from './fields.ts'
import { twice } from './spellings.ts'

export interface Template {
  id: number
  module: MissingFieldModule
  name: string
  category: MissingFieldCategory
  label: string
  entity: MissingDetailsTemplate['entity']
}

/** The catalogue of fields, the same for all labs. */
export async function listTemplates(db: Reader): Promise<{ items: MissingDetailsTemplate[] }> {
  const rows = await db.selectFrom('missing_details.template').selectAll().orderBy('id').execute() as Template[]
  return {
    items: rows.map(({ id, module, name, category, label, entity }) => {
      const field = fields[module][name]
      if (!field) throw new Error(`fields.ts does not know ${module}.${name}`)
      return {
        id, label, entity, input: field.input, options: [...(field.options ?? [])],
        ...twice({ fieldName: name, fieldModule: module, fieldCategory: category }),
      }
    }),
  }
}

export interface ConfigurationRow extends Template {
  configurationId: number
  version: number
  value: string
  disabled: boolean
  blocksRelease: boolean
  entityId: number | null
}

interface ListedRow extends ConfigurationRow {
  openIncidents: number
  creation: MissingDetailsConfig['creation']
  updatedAt: Date
  updatedBy: MissingDetailsConfig['updatedBy']
}

export const creationJson = sql`jsonb_build_object('id', e.id, 'entity', e.entity, 'entityName', e.entity_name, 'objectId', e.object_id, 'state',
  e.state, 'trouble', e.trouble, 'createdAt', to_char(e.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`

/** The fields that a lab watches, in the order of the catalogue, in one statement; disabled ones only where asked for. */
export async function listConfiguration(db: Reader | Tx['reader'], { disabled }: { disabled?: boolean }): Promise<{ items: MissingDetailsConfig[] }> {
  const { rows } = await sql<ListedRow>`
    select c.id as "configurationId", c.version, c.value, c.disabled, c.blocks_release as "blocksRelease", c.entity_id as "entityId",
      c.updated_at as "updatedAt", c.updated_by as "updatedBy", t.*,
      (select count(*) from missing_details.incident i where i.configuration_id = c.id and i.state = 'open')::int as "openIncidents",
      (select ${creationJson} from missing_details.entity_creation e where e.configuration_id = c.id order by e.id desc limit 1) as creation
    from missing_details.configuration c join missing_details.template t on t.id = c.template_id
    ${disabled === undefined ? sql`` : sql`where c.disabled = ${disabled}`} order by t.id`.execute(db as never)
  return {
    items: rows.map((row) => ({
      id: row.configurationId, version: row.version, label: row.label, entity: row.entity, entityId: row.entityId,
      openIncidents: row.openIncidents, creation: row.creation, updatedAt: row.updatedAt.toISOString(), updatedBy: row.updatedBy,
      ...twice({
        fieldName: row.name, fieldModule: row.module, fieldCategory: row.category, fieldValue: row.value, isDisabled: row.disabled,
        blocksRelease: row.blocksRelease,
      }),
    })),
  }
}
