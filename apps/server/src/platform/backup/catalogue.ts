import pg from 'pg'
import type { SequencePosition, Table } from './manifest.ts'

/** A connection of its own, without the limits in time and the preferences in writing values that a server may have. */
export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'aliquot-backup' })
  // What a lost connection breaks says so itself.
  client.on('error', () => {})
  await client.connect()
  // Rows that a policy hides would be an error, not a gap.
  await client.query(`
    select set_config(name, value, false) from (values ('row_security', 'off'),
      ('statement_timeout', '0'), ('lock_timeout', '0'), ('transaction_timeout', '0'), ('idle_in_transaction_session_timeout', '0'),
      ('DateStyle', 'ISO, MDY'), ('IntervalStyle', 'postgres'), ('TimeZone', 'UTC'), ('bytea_output', 'hex'), ('extra_float_digits', '3'),
      ('client_encoding', 'UTF8'), ('search_path', '')) as wanted(name, value) join pg_settings using (name)`)
  return client
}

/** All tables but those of Postgres, of its extensions and in `public`, where nothing is ours. */
const ofOurs = `n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public')
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`

export async function tablesOf(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select n.nspname as schema, c.relname as name, array(select attname::text from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and ${ofOurs} order by 1, 2`)
  return rows
}

export async function sequencesOf(client: pg.Client): Promise<SequencePosition[]> {
  const { rows: found } = await client.query<Omit<SequencePosition, 'last' | 'called'>>(`
    select n.nspname as schema, c.relname as name, format('as %s increment by %s minvalue %s maxvalue %s start with %s cache %s %s',
      format_type(s.seqtypid, null), s.seqincrement, s.seqmin, s.seqmax, s.seqstart, s.seqcache,
      case when s.seqcycle then 'cycle' else 'no cycle' end) as options
    from pg_sequence s join pg_class c on c.oid = s.seqrelid join pg_namespace n on n.oid = c.relnamespace where ${ofOurs} order by 1, 2`)
  const sequences: SequencePosition[] = []
  for (const sequence of found) {
    const { rows } = await client.query<{ last: number; called: boolean }>(`select last_value as last, is_called as called from ${quoted(sequence)}`)
    sequences.push(...rows.map((position) => ({ ...sequence, ...position })))
  }
  return sequences
}

export const quoted = ({ schema, name }: { schema: string; name: string }): string => `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`

export const columnsOf = ({ columns }: Table): string => columns.map((column) => pg.escapeIdentifier(column)).join(', ')

/** Whether any row of any table belongs to a lab. */
export async function holdsALab(client: pg.Client): Promise<boolean> {
  const tables = (await tablesOf(client)).filter(({ columns }) => columns.includes('lab_id'))
  if (tables.length === 0) return false
  const { rows: [found] } = await client.query<{ any: boolean }>(
    `select ${tables.map((table) => `exists (select from ${quoted(table)} where lab_id is not null)`).join(' or ')} as any`)
  return found?.any ?? false
}
