import type { InsuranceGroup, listInsuranceGroups as route, QueryOf } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { Page } from '#platform/http'
import type { Reader } from '#platform/unit-of-work'
import { equals, matches, pageByName, type Directory } from './directory-row.ts'

export const insuranceGroups: Directory = {
  table: 'labs.insurance_group',
  thing: 'insurance group',
  columns: sql`id, version, name, code, payer_id as "payerId", contact_name as "contactName", phone, email, address, disabled`,
}

/** Insurance groups by name. */
export const listInsuranceGroups = (db: Reader, { q, disabled, ...page }: QueryOf<typeof route>): Promise<Page<InsuranceGroup>> =>
  pageByName(db, insuranceGroups, page, [equals('disabled', disabled), matches('insurance_group', q)])
