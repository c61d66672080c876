-- The log is sealed in the order of transactions, and each database server counts its transactions from the start. In a log that was brought from
-- another server, the transactions of this one come after those that it holds: this number is added to theirs.
-- Not immutable: what was planned with another number must be planned again.
create function platform.earlier_xids() returns bigint language sql stable parallel safe return 0;

create function platform.log_xid() returns xid8 language sql volatile
  return (pg_current_xact_id()::text::bigint + platform.earlier_xids())::text::xid8;
-- What is below was written by transactions that have ended.
create function platform.log_horizon() returns xid8 language sql stable
  return (pg_snapshot_xmin(pg_current_snapshot())::text::bigint + platform.earlier_xids())::text::xid8;
alter table platform.activity alter column xid set default platform.log_xid();

-- Called when a log was brought here from another server, before anything is added to it.
create function platform.continue_log() returns void language plpgsql as $$
declare last xid8;
begin
  select greatest(max(a.xid), (select max(s.last_xid) from platform.activity_seal s)) into last from platform.activity a;
  execute format('create or replace function platform.earlier_xids() returns bigint language sql stable parallel safe return %s',
    greatest(0, coalesce(last::text::bigint, 0) + 1 - pg_snapshot_xmin(pg_current_snapshot())::text::bigint));
end $$;
revoke execute on function platform.continue_log from public;
-- For a database that was brought from another server before there was this.
select platform.continue_log();
