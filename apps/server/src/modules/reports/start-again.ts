import { sql } from 'kysely'

/**
 * Part of an update of reports.report: it stands where its specimen is, which may have moved on while the report had a file; without a specimen
 * it waits for its results.
 */
export const startAgain = sql`
  status = coalesce((select case s.status when 'received' then 'received' when 'collected' then 'collected' else 'ordered' end
    from reports.specimen s where s.id = specimen_id), 'received'),
  collected_at = coalesce((select s.collected_at from reports.specimen s where s.id = specimen_id), collected_at),
  received_at = coalesce((select s.received_at from reports.specimen s where s.id = specimen_id), received_at),
  started_at = null, completed_at = null, completed_by = null, verified_at = null, verified_by = null, signed_at = null`
